/**
 * What counts in a configuration of one system. It is the part of a dialect that says how to read what a device answered.
 *
 * A configuration is read line by line, without line ends, blanks at the end and control characters. What a device says
 * is hostile: no pattern may take more than linear time for a line. One that is not anchored with `^` has nothing
 * without a bound before its last part.
 */
export interface TextRules {
  /** an answer that is an error text: a line in a short answer, or among the first five of a long one */
  refused?: readonly Fits[];
  /** what every whole configuration has */
  whole?: {
    /** a line among the first 40 */
    first?: Fits;
    /** its last line that is not empty */
    last?: Fits;
    /** its last line where the commands themselves add one; it is not kept */
    mark?: string;
  };
  /** what ends a line that goes on in the next one after its indentation, and what a blank is there at the begin */
  continued?: { end: string; blank?: string };
  /** what a device changes by itself: it is not kept */
  volatile?: readonly (Fits | Block)[];
  /** what is kept and shown, but whose change is none */
  comments?: readonly Fits[];
  /** a line that begins a section, where a secret is one only in some; see {@link Secret.under} */
  section?: Fits;
  secrets: readonly (RegExp | Secret)[];
  /** who changed it last: groups `user` and `time`. They are looked for in lines that are volatile or comments. */
  changedBy?: readonly RegExp[];
}

/** Whether a line fits. A RegExp that is not global does it, and what a user wrote. */
export interface Fits {
  test(line: string): boolean;
}

/** The lines from one that fits to the next that does, both of them too. It may be the same line. */
export interface Block {
  from: Fits;
  to: Fits;
}

/** Where secrets are in lines. */
export interface Secret {
  /**
   * Its group `secret` ends the match, but for what it only looks ahead at. Global where a line may have several. Or a
   * function that gives the secrets of a line as [begin, end).
   */
  find: RegExp | ((line: string) => readonly (readonly [number, number])[]);
  /** what ends it, in the same line or a later one; it is none itself. Then `find` goes to the end of the line. */
  to?: RegExp;
  /** only in a section whose first line fits */
  under?: Fits;
  /** whether the device encodes it anew each time that it shows it: then it tells nothing of a change */
  isRenewed?: true;
}
