import * as check from '../check.ts';
import { parseLabels, parseMetrics } from '../match/parse-filter.ts';
import { FieldProblem } from '../problem.ts';
import { type Aggregation, aggregations } from './aggregation.ts';
import { addDays, beginOf, isTimeZone, stepEdges, usualStep } from './calendar.ts';
import { exportFormats, type ExportRequest } from './export-request.ts';
import type { AskedQuery } from './store/messages.ts';

/** What is to be read, as a dialog, a message or an address gives it. */
export interface HistoryRequest {
  /** names of metrics, with `*` and `!` */
  metrics: string;
  /** label matchers */
  labels: string;
  /** `24h`, `yesterday`, a date, or ms since the Unix epoch */
  from: string | number;
  /** likewise; empty for now, or for the end of what `from` names */
  to: string | number;
  /** `auto`, `raw` for readings as they came, or a length such as `5m` */
  step: string | number;
  aggregation: Aggregation | Aggregation[];
  /** labels by which series are put together, separated by commas; `-` for all into one */
  groupBy: string;
  across: (typeof acrosses)[number];
  /** how many of the largest series; empty for all */
  top: string | number;
  compare: (typeof comparisons)[number];
  /** IANA name; empty for this machine's */
  timeZone: string;
  /** series at most */
  limit: number | string;
}

export const acrosses = ['sum', 'average', 'min', 'max'] as const;
export const comparisons = ['none', 'day', 'week'] as const;

export const requestDefaults: HistoryRequest = {
  metrics: '*',
  labels: '',
  from: '24h',
  to: '',
  step: 'auto',
  aggregation: 'average',
  groupBy: '',
  across: 'sum',
  top: '',
  compare: 'none',
  timeZone: '',
  limit: 100,
};

/** points of one series that a chart can show */
const pointsOfChart = 500;
/** points in all; what asks for more is cut and says so */
const mostPoints = 500_000;
const mostSteps = 20_000;

/** A check of each field, which throws a FieldProblem. */
export const requestChecks = {
  metrics: (value: unknown) => parseMetrics('metrics', value),
  labels: (value: unknown) => void parseLabels('labels', value as string),
  from: (value: unknown) => void readTime('from', value, 0, ''),
  to: (value: unknown) => (value === '' ? undefined : readTime('to', value, 0, '')),
  step: (value: unknown) => void readStep(value),
  aggregation: (value: unknown) =>
    (Array.isArray(value) ? value : [value]).map((each) =>
      check.oneOf('aggregation', each, aggregations),
    ),
  groupBy: (value: unknown) => readGroup(value),
  across: (value: unknown) => check.oneOf('across', value, acrosses),
  top: (value: unknown) =>
    value === '' || value === undefined
      ? undefined
      : check.number('top', value, { min: 1, max: 1000, integer: true }),
  compare: (value: unknown) => check.oneOf('compare', value, comparisons),
  timeZone(value: unknown) {
    if (typeof value !== 'string' || !isTimeZone(value)) {
      throw new FieldProblem('timeZone', 'timeZone', value);
    }
    return value;
  },
  limit: (value: unknown) => check.number('limit', value, { min: 1, max: 10_000, integer: true }),
};

/** A request understood: what to ask of the store, and how to move what is compared with. */
export interface ReadRequest {
  query: AskedQuery;
  /** the same before, and by how much its times are moved to lie upon the others, in ms */
  before: { query: AskedQuery; by: number } | undefined;
}

/** Reads a request. Throws a FieldProblem. @param now ms since the Unix epoch */
export function readRequest(request: HistoryRequest, now: number): ReadRequest {
  const zone = requestChecks.timeZone(request.timeZone);
  requestChecks.metrics(request.metrics);
  requestChecks.labels(request.labels);
  const begin = readTime('from', request.from, now, zone);
  const end = request.to === '' ? undefined : readTime('to', request.to, now, zone);
  const from = begin.start;
  const to = end ? end.end : begin.isSpan ? begin.end : now;
  if (from >= to) throw new FieldProblem('to', 'afterFrom', request.to);
  const chosen = requestChecks.aggregation(request.aggregation);
  const step = readStep(request.step);
  const group = requestChecks.groupBy(request.groupBy);
  const across = requestChecks.across(request.across);
  const top = requestChecks.top(request.top);
  const common = {
    metrics: request.metrics,
    labels: request.labels,
    limit: mostPoints,
    maxSeries: requestChecks.limit(request.limit),
    ...(group && { group: { by: group, across } }),
    ...(top !== undefined && { top }),
  };
  const over = (start: number, stop: number): AskedQuery => {
    if (step === 'raw') return { ...common, from: start, to: stop };
    const length = step === 'auto' ? usualStep(stop - start, pointsOfChart) : step;
    if ((stop - start) / length > mostSteps) {
      throw new FieldProblem('step', 'longerStep', request.step, { count: mostSteps });
    }
    const edges = stepEdges(start, stop, length, zone);
    return { ...common, from: start, to: stop, edges, aggregations: chosen };
  };
  const days = { none: 0, day: 1, week: 7 }[requestChecks.compare(request.compare)];
  if (days === 0) return { query: over(from, to), before: undefined };
  const earlier = addDays(from, -days, zone);
  return {
    query: over(from, to),
    before: { query: over(earlier, earlier + (to - from)), by: from - earlier },
  };
}

/**
 * Reads what is to be exported. Throws a FieldProblem.
 * @param now ms since the Unix epoch
 */
export function readExport(
  asked: Pick<HistoryRequest, 'from' | 'to' | 'metrics' | 'labels' | 'timeZone'>,
  format: unknown,
  now: number,
): ExportRequest {
  const { query } = readRequest({ ...requestDefaults, ...asked, step: 'raw' }, now);
  const { metrics, labels, from, to } = query;
  return { metrics, labels, from, to, format: check.oneOf('format', format, exportFormats) };
}

const lengths: Record<string, number> = {
  ...{ s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 },
};

/** A length of time such as `5m` or `1h30m`, in ms; undefined where it is none. */
export function readLength(text: string): number | undefined {
  if (!/^(\d{1,6}[smhdw])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([smhdw])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * lengths[unit!]!,
    0,
  );
}

function readStep(value: unknown): number | 'auto' | 'raw' {
  if (value === 'auto' || value === 'raw') return value;
  const length =
    typeof value === 'number' ? value * 1000 : readLength(String(value).replaceAll(' ', ''));
  if (length === undefined || !(length >= 1000)) throw new FieldProblem('step', 'step', value);
  return length;
}

function readGroup(value: unknown): string[] | undefined {
  if (value === '' || value === undefined) return undefined;
  const names = check.text('groupBy', value).split(',');
  const trimmed = names.map((name) => name.trim());
  if (trimmed.length === 1 && trimmed[0] === '-') return [];
  for (const name of trimmed) {
    if (!/^[a-zA-Z_]\w*$/.test(name)) throw new FieldProblem('groupBy', 'labelName', name);
  }
  return trimmed;
}

interface Span {
  start: number;
  end: number;
  /** whether it has a length of its own: a day, a month */
  isSpan: boolean;
}

const names: Record<string, (now: number, zone: string) => [number, number]> = {
  today: (now, zone) => dayAt(beginOf('day', now, zone), 1, zone),
  yesterday: (now, zone) => dayAt(addDays(beginOf('day', now, zone), -1, zone), 1, zone),
  'this week': (now, zone) => dayAt(beginOf('week', now, zone), 7, zone),
  'last week': (now, zone) => dayAt(addDays(beginOf('week', now, zone), -7, zone), 7, zone),
  'this month': (now, zone) => month(now, 0, zone),
  'last month': (now, zone) => month(now, -1, zone),
  'this year': (now, zone) => [beginOf('year', now, zone), now],
};

function dayAt(start: number, days: number, zone: string): [number, number] {
  return [start, addDays(start, days, zone)];
}

function month(now: number, by: -1 | 0, zone: string): [number, number] {
  const start = beginOf('month', now, zone);
  const before = beginOf('month', start - 1, zone);
  return by === -1 ? [before, start] : [start, beginOf('month', start + 32 * lengths.d!, zone)];
}

function readTime(field: string, value: unknown, now: number, zone: string): Span {
  const at = (time: number): Span => ({ start: time, end: time, isSpan: false });
  if (typeof value === 'number' && Number.isFinite(value)) return at(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return at(value.getTime());
  const text = typeof value === 'string' ? value.trim().toLowerCase().replace(/\s+/g, ' ') : '';
  if (text === 'now') return at(now);
  const named = Object.hasOwn(names, text) ? names[text]!(now, zone) : undefined;
  // What has not come yet is in no history.
  if (named) return { start: named[0], end: Math.min(named[1], now), isSpan: true };
  const ago = readLength(text.replace(/^-|(\bago)$/g, '').replaceAll(' ', ''));
  if (ago !== undefined) return at(now - ago);
  if (/^\d{10,14}$/.test(text)) return at(Number(text));
  const date =
    /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (date) {
    const [, date_, clock, offset] = date;
    const universal = Date.parse(`${date_}T${clock ?? '00:00'}${offset?.toUpperCase() ?? 'Z'}`);
    if (!Number.isNaN(universal)) {
      if (offset !== undefined) return at(universal);
      // Without an offset it is the zone's own time.
      const start = addDays(beginOf('day', universal, zone), 0, zone);
      const local = start + (universal - Date.parse(`${date_}T00:00Z`));
      if (clock !== undefined) return at(local);
      return { start, end: Math.min(addDays(start, 1, zone), now || Infinity), isSpan: true };
    }
  }
  throw new FieldProblem(field, 'time', value);
}
