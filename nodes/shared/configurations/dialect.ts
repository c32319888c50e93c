import type { Fits, TextRules } from './text-rules.ts';

/**
 * How the devices of one system are asked for their configuration, and how to read what they answer. It is data:
 * one file a system in `dialects/`, with a recorded session as its test.
 *
 * Patterns of a dialog are matched against what a shell shows, without escape codes. None of them may be global or
 * sticky: they are used again and again. What a device says is hostile, so none may take more than linear time, as
 * `(a+)+` or `.*x.*y` would.
 */
export interface Dialect extends TextRules {
  /** short and unique, such as `ios`: flows keep it */
  id: string;
  /** the systems, in their makers' words; the same in all languages */
  label: string;
  /** each command in a channel of its own, all of them in one shell, or over HTTP */
  way: 'exec' | 'shell' | 'http';
  /** the whole last line while a shell waits for a command; without one it is learned from the first line that stays */
  prompt?: Fits;
  /** what to answer within a shell, before the first prompt too: pagers, "press any key", a second login */
  questions?: readonly Question[];
  /** commands first, such as paging off; what they answer does not matter */
  setup?: readonly string[];
  /** how a shell gets more rights, where the access has a password for that or `always` is set */
  enable?: { command: string; password: RegExp; always?: boolean };
  /** what gives the configuration in use; the answers follow one another */
  running: readonly Command[];
  /** what gives the one that is used after a restart, where both can be compared */
  saved?: readonly Command[];
  /** how a shell is left; the connection ends anyway */
  leave?: readonly string[];
  /** how devices log in over HTTP, as the dialog offers it first */
  authentication?: 'basic' | 'digest' | 'bearer' | 'key';
}

/** What is typed in, or asked for over HTTP. */
export type Command = string | HttpCommand;

/** A request below the address of the device. */
export interface HttpCommand {
  /** with its query, such as `/api/core/backup/download/this` */
  path: string;
  /** the next one is tried where the device knows no such page or method (404, 405); GET unless told */
  methods?: readonly ('GET' | 'POST')[];
  /** JSON, sent with POST */
  body?: unknown;
  /** the member of the JSON answer that is the configuration; without one the answer is */
  member?: string;
}

/** Something that a device asks. `pattern` fits the end of what it sent, without a line end after it. */
export interface Question {
  pattern: RegExp;
  /** sent as it is: a blank for a pager; or which of the login's texts, with Enter after it */
  answer: string | { login: 'user' | 'password' };
}
