import * as check from '../shared/check.ts';
import { acrosses, readLength, requestChecks } from '../shared/history/request.ts';
import { toLabelFilter } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';
import { choice, number, setting, settings, unchecked, type Values } from '../shared/settings.ts';
import { readLimit } from './limit.ts';

const day = 86_400_000;

/** What is made of the history. */
const kinds = ['limit', 'normal', 'suspects', 'comparison'] as const;
export type Kind = (typeof kinds)[number];

const bases = ['mean', 'peak'] as const;
const directions = ['above', 'below'] as const;
const periods = ['day', 'week', 'month'] as const;
const spans = ['full', 'running'] as const;

/** how far each kind looks back unless told, in days */
export const usualDays: Record<Exclude<Kind, 'comparison'>, number> = {
  limit: 30,
  normal: 42,
  suspects: 14,
};

/** A length of time as it was typed; empty for none. */
function length(
  value: string,
  { min, max }: { min: number; max: number },
  expected: 'back' | 'every',
) {
  return setting(value, (field, given): string => {
    if (given === '') return '';
    const text = typeof given === 'string' ? given.replaceAll(' ', '') : '';
    const ms = readLength(text);
    if (ms === undefined || ms < min || ms > max) throw new FieldProblem(field, expected, given);
    return text;
  });
}

/** What a trend node is set to. */
export const trendSettings = settings({
  name: unchecked(''),
  what: choice<Kind>('limit', kinds),
  metrics: setting('disk_usage', (_, value) => {
    requestChecks.metrics(value);
    return value as string;
  }),
  labels: setting('', (field, value) => toLabelFilter(field, value).text),
  /** how much of the past is learned from; empty for as much as the kind needs */
  back: length('', { min: day, max: 366 * day }, 'back'),
  /** with its unit; empty for 100 % and for the speed of interfaces */
  bound: setting('', (field, value) => {
    readLimit(field, value);
    return value as string | number;
  }),
  direction: choice('above', directions),
  basis: choice('mean', bases),
  /** how many times the usual difference between weeks is normal too */
  tolerance: number(3, { min: 0, max: 100 }),
  period: choice('week', periods),
  spans: choice('full', spans),
  /** labels, as history read has them */
  groupBy: setting('', (_, value) => {
    requestChecks.groupBy(value);
    return value as string;
  }),
  across: choice('sum', acrosses),
  /** empty for on messages only */
  interval: length('1h', { min: 60_000, max: 31 * day }, 'every'),
  timeZone: setting('', (_, value) => requestChecks.timeZone(value)),
  /** series at most */
  limit: setting<number | string, number>(200, (field, value) =>
    check.number(field, value, { min: 1, max: 5000, integer: true }),
  ),
});

export type TrendSettings = Values<typeof trendSettings> & {
  /** id of the history database */
  database: string;
};
