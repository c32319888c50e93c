import type { Finding, RuleInput } from '../rules.ts';

/** A configuration as it was fetched: whole, cleaned, and with its secrets masked. Times are ms since the Unix epoch. */
export interface FetchedConfiguration {
  device: string;
  labels: Record<string, string>;
  time: number;
  text: string;
  /** what is compared with the version before, where it is not the whole text: without comments */
  compared?: string;
  /** the configuration that the device starts with, where the dialect can tell, and what of it is compared likewise */
  saved?: string;
  savedCompared?: string;
  /** who changed it last, in the device's own words */
  changedBy?: string;
  /** the text with its secrets, which is kept encrypted with the key; only where the owner chose so */
  full?: { text: string; key: Uint8Array };
  /** how long versions of this device are kept */
  retention: Retention;
  /** what its text must and must not have */
  rules?: readonly RuleInput[];
  /** lines of the diff that the answer has at most; 2,000 unless told */
  diffLines?: number;
}

/** How long versions of a device are kept. The newest one stays for as long as the device is fetched. */
interface Retention {
  /** versions, at least 1 */
  count: number;
  /** ms */
  age: number;
}

/** What became of a configuration that was fetched. */
export interface Added {
  /** the first one of its device, another one than the version before, or the same */
  outcome: 'new' | 'changed' | 'same';
  version: Version;
  /** of one that changed */
  diff?: Diff;
  /** null where both are the same, missing where nobody knows */
  unsaved?: Unsaved | null;
  /** the rules that its text breaks */
  findings: Finding[];
}

/** What is in the configuration in use and not in the saved one (added), and the other way round. */
export interface Unsaved {
  /** ms since the Unix epoch */
  since: number;
  diff: Diff;
}

/** One version of a device's configuration. */
export interface Version {
  /** unique in its folder */
  id: number;
  device: string;
  /** when it was fetched first, ms since the Unix epoch */
  time: number;
  /** of its text: SHA-256 in hex digits */
  hash: string;
  /** bytes of its text in UTF-8 */
  size: number;
  /** the version before it; missing in the first one that is kept */
  before?: number;
  /** lines that it has and the one before has not, and the other way round; 0 in the first one */
  added: number;
  removed: number;
  changedBy?: string;
  /** whether its text with secrets is kept too */
  isFull: boolean;
}

/** A device of which configurations are kept, or were asked for. */
export interface KeptDevice {
  device: string;
  labels: Record<string, string>;
  /** how many are kept */
  versions: number;
  /** when its configuration was fetched last, whether it had changed or not */
  fetchedAt?: number;
  /** of its newest version */
  changedAt?: number;
  latest?: number;
  /** since when the configuration in use differs from the saved one; null where it does not, missing where nobody knows */
  unsavedSince?: number | null;
  /** that and why the last try did not come to anything */
  failed?: { time: number; reason: string };
}

/** What two texts differ in. */
export interface Diff {
  added: number;
  removed: number;
  hunks: Hunk[];
  /** lines of hunks that are left out, for there are too many */
  omitted: number;
  /**
   * whether to compare them took too long: there are no hunks then, and lines count by how often they occur, so that
   * one which only moved does not
   */
  isTooLarge: boolean;
}

/** Lines that changed, with a few around them. */
export interface Hunk {
  /** numbers of the first line in the text before and in the one after, from 1 */
  from: number;
  to: number;
  /** each begins with a blank, `-` or `+` */
  lines: string[];
}

/** Where a search found something. */
export interface Hit {
  version: Version;
  /** line numbers from 1, and the lines; the first few */
  lines: { number: number; text: string }[];
  /** of all lines of that version */
  count: number;
}

export interface SearchRequest {
  /** a regular expression as filters have it, or a plain text of any case */
  pattern: string;
  isExpression: boolean;
  /** names of devices; all without */
  devices?: readonly string[];
  /** only the newest version of each device */
  isLatestOnly: boolean;
  /** versions to tell at most */
  limit: number;
}

export interface SearchAnswer {
  hits: Hit[];
  /** whether there are more, or it took too long to look at all */
  isPartial: boolean;
}

/**
 * The versions of configurations in a folder. All reject with a Problem: of a disk that is full or cannot be written, a
 * file of a later Netmon or another program, a thread that ended, a Node.js without SQLite. What resolved is on the disk.
 */
export interface Versions {
  /** Keeps a configuration, or only when it was fetched where it has not changed. */
  add(fetched: FetchedConfiguration): Promise<Added>;
  /** Keeps that a device's configuration could not be fetched. */
  fail(device: string, labels: Record<string, string>, time: number, reason: string): Promise<void>;
  /** All devices, by their names. */
  devices(): Promise<KeptDevice[]>;
  /** Versions of a device, the newest first. @param before an id: only those that are older */
  list(device: string, limit?: number, before?: number): Promise<Version[]>;
  /** Versions that came from `from` on and before `to`, the oldest first; the first one of a device is no change. */
  changes(from: number, to: number, device?: string, limit?: number): Promise<Version[]>;
  version(id: number): Promise<Version>;
  text(id: number): Promise<string>;
  /** The text with its secrets. */
  fullText(id: number, key: Uint8Array): Promise<string>;
  /** @param context lines around changes @param lines of hunks at most */
  diff(from: number, to: number, context?: number, lines?: number): Promise<Diff>;
  /** What the last look at a device found that is not saved; null where all is, or nobody knows. */
  unsaved(device: string): Promise<Unsaved | null>;
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** Forgets all of a device. */
  remove(device: string): Promise<void>;
}
