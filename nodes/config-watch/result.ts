import type { Finding } from '../shared/configurations/rules.ts';
import { unifiedText } from '../shared/configurations/versions/diff-text.ts';
import type { Outcome, Reason } from './config-watch.ts';

/** What a message tells of one look at a device. Times are ms since the Unix epoch. */
export interface Result {
  device: string;
  address: string;
  labels: Record<string, string>;
  time: number;
  reason: Reason;
  /** whether it differs from the one before; false for the first one of a device */
  changed: boolean;
  isNew: boolean;
  /** lines that came and went */
  added: number;
  removed: number;
  /** as `diff -u` writes it; empty where nothing changed */
  diff: string;
  /** lines that it leaves out */
  omitted: number;
  /** whether there is too much of it: then it is empty, though something changed */
  isTooLarge: boolean;
  /** in the device's own words */
  changedBy?: string;
  /** of its text: SHA-256 in hex digits; and its number among the versions that are kept */
  hash?: string;
  version?: number;
  before?: number;
  /** bytes */
  size?: number;
  /** whether the configuration in use is another one than that which the device starts with; where it tells */
  savedDiffers?: boolean;
  notSavedSince?: number;
  /** what is in use and not saved, and the other way round */
  unsavedDiff?: string;
  /** the rules that it breaks */
  findings: Finding[];
  hostKey?: string;
  /** why it could not be fetched */
  error?: string;
}

/** @param text an error in the user's language */
export function resultOf(outcome: Outcome, text: (error: unknown) => string): Result {
  const { device, reason, time, added, hostKey, problem } = outcome;
  const { name, address, labels } = device;
  const diff = added?.diff;
  return {
    ...{ device: name, address, labels, time, reason },
    changed: added?.outcome === 'changed',
    isNew: added?.outcome === 'new',
    ...{ added: diff?.added ?? 0, removed: diff?.removed ?? 0 },
    diff: diff ? unifiedText(diff.hunks) : '',
    omitted: diff?.omitted ?? 0,
    isTooLarge: diff?.isTooLarge ?? false,
    ...(added && versionOf(added)),
    ...(added?.unsaved !== undefined && savedOf(added.unsaved)),
    findings: added?.findings ?? [],
    ...(hostKey !== undefined && { hostKey }),
    ...(problem && { error: text(problem) }),
  };
}

function versionOf({ version }: NonNullable<Outcome['added']>): Partial<Result> {
  const { id, hash, size, before, changedBy } = version;
  return {
    ...{ hash, version: id, size },
    ...(before !== undefined && { before }),
    ...(changedBy !== undefined && { changedBy }),
  };
}

function savedOf(unsaved: NonNullable<NonNullable<Outcome['added']>['unsaved']> | null) {
  if (!unsaved) return { savedDiffers: false };
  const { since, diff } = unsaved;
  return { savedDiffers: true, notSavedSince: since, unsavedDiff: unifiedText(diff.hunks) };
}
