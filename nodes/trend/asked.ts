import * as check from '../shared/check.ts';
import { FieldProblem } from '../shared/problem.ts';
import type { Parsed } from '../shared/settings.ts';
import { trendSettings } from './config.ts';

type Settings = Parsed<typeof trendSettings>;

/** What a message may ask for instead of the dialog's. */
const names = [
  ...['what', 'metrics', 'labels', 'back', 'bound', 'direction', 'basis'],
  ...['tolerance', 'period', 'spans', 'groupBy', 'across', 'timeZone', 'limit'],
] as const;

/** What is asked for, and as of when. */
export interface Asked {
  settings: Settings;
  /** ms since the Unix epoch */
  at: number;
}

/**
 * What a node is set to, with what a message asks for instead. Throws a FieldProblem, also where a message has a
 * field that is none.
 * @param query `msg.query`: an object with some of the settings and `at`, or undefined
 * @param now ms since the Unix epoch
 */
export function asked(config: object, query: unknown, now: number): Asked {
  if (query === undefined) return { settings: trendSettings.read(config), at: now };
  const { at = now, ...given } = check.object('query', query, ['at', ...names]);
  return { settings: trendSettings.read({ ...config, ...given }), at: timeOf(at, now) };
}

function timeOf(at: unknown, now: number): number {
  const time =
    typeof at === 'string' ? Date.parse(at) : at instanceof Date ? at.getTime() : (at as number);
  if (typeof time !== 'number' || !Number.isFinite(time)) {
    throw new FieldProblem('query.at', 'dateTime', at);
  }
  // What has not come yet is in no history.
  if (time > now) throw new FieldProblem('query.at', 'past', at);
  return time;
}
