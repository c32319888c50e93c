import { seriesKey } from '../../../contract/reading.ts';
import type { Aggregation } from '../aggregation.ts';
import { between, type Points } from './points.ts';
import { oldestOpen, type Series } from './series-list.ts';
import type { Store } from './store.ts';
import { combine, summarize, type Summary } from './summary.ts';
import { type Tier, type TierName, tiers } from './tier.ts';

/** What to read of a history. */
export interface Query {
  takes: (series: Pick<Series, 'metric' | 'labels'>) => boolean;
  /** ms since the Unix epoch: from the first on and before the last */
  from: number;
  to: number;
  /** where steps begin and the last one ends, in order; undefined for readings as they came */
  edges?: Float64Array;
  /** of each step */
  aggregations?: readonly Aggregation[];
  /** puts series together that have the same values of these labels, by one of them */
  group?: { by: readonly string[]; across: 'average' | 'min' | 'max' | 'sum' };
  /** only so many series: those whose average is largest */
  top?: number;
  /** only series that have one of these keys: see `seriesKey` */
  keys?: readonly string[];
  /** only series that come after the one with this key, in the order of answers: see `seriesKey` */
  after?: string | undefined;
  /** points in all */
  limit: number;
  /** series at most */
  maxSeries: number;
}

/** A series of an answer: a column of each aggregation, or `value` alone. NaN where there is nothing. */
export interface Answered {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info: Record<string, string> | undefined;
  times: Float64Array;
  columns: Record<string, Float64Array>;
}

export interface Answer {
  series: Answered[];
  /** how many series there were that the answer leaves out, for its limit */
  omitted: number;
}

/** What of an answer goes to another thread without being copied there, each once. */
export function buffersOf({ series }: Answer): ArrayBuffer[] {
  const arrays = series.flatMap(({ times, columns }) => [times, ...Object.values(columns)]);
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}

/** What a query reads of a series. */
type Named = Pick<Series, 'metric' | 'labels' | 'unit' | 'info'>;

/** Where series are read from. */
export interface Source<One extends Named> {
  series: Iterable<One>;
  /** The raw points from `from` on and before `to`, in order. */
  raw: (one: One, from: number, to: number) => Points;
  /** What is known of each step. @param rawOnly where only readings themselves are of use */
  summaries: (one: One, edges: Float64Array, rawOnly: boolean) => (Summary | undefined)[];
}

/** Reads a history; yields after each series. */
export function read(store: Store, query: Query): Generator<void, Answer> {
  const source: Source<Series> = {
    series: store.series,
    raw: (series, from, to) => store.raw(series, from, to),
    summaries: (series, edges, rawOnly) => summariesOf(store, series, edges, rawOnly),
  };
  return answerFrom(source, query);
}

/** Answers a query from any source; yields after each series. */
export function* answerFrom<One extends Named>(
  source: Source<One>,
  query: Query,
): Generator<void, Answer> {
  const { edges, group, top, after } = query;
  const found = inOrder(
    [...source.series].filter((series) => query.takes(series)),
    after,
    query.keys,
  );
  // All series have the times of the steps in common.
  const times = edges?.slice(0, -1);
  const answered: Answered[] = [];
  const most = group || top !== undefined ? found.length : query.maxSeries;
  let points = 0;
  let omitted = 0;
  for (const series of found) {
    if (answered.length >= most || points >= query.limit) {
      omitted++;
      continue;
    }
    const one = edges
      ? stepsOf(source, series, { edges, times: times! }, query.aggregations ?? ['average'])
      : pointsOf(source, series, query);
    yield;
    if (!one || one.times.length === 0) continue;
    answered.push(one);
    points += one.times.length;
  }
  const grouped = group ? groups(answered, group) : answered;
  const chosen = top === undefined ? grouped : largest(grouped, top);
  return { series: chosen.slice(0, query.maxSeries), omitted };
}

/** Series in the order of answers, those that come after a key. @param keys only these */
export function inOrder<One extends Pick<Series, 'metric' | 'labels'>>(
  series: readonly One[],
  after = '',
  keys?: readonly string[],
): One[] {
  const wanted = keys && new Set(keys);
  return series
    .map((one) => ({ one, key: seriesKey(one.metric, one.labels) }))
    .filter(({ key }) => key > after && (!wanted || wanted.has(key)))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one);
}

function nameOf({ metric, labels, unit, info }: Named) {
  return { metric, labels, unit, info };
}

function pointsOf<One extends Named>(
  source: Source<One>,
  series: One,
  { from, to, limit }: Query,
): Answered {
  const { times, values } = source.raw(series, from, to);
  // The newest are the ones that matter.
  const start = Math.max(0, times.length - limit);
  return {
    ...nameOf(series),
    times: times.slice(start),
    columns: { value: values.slice(start) },
  };
}

// Undefined where no step has anything.
function stepsOf<One extends Named>(
  source: Source<One>,
  series: One,
  { edges, times }: { edges: Float64Array; times: Float64Array },
  wanted: readonly Aggregation[],
): Answered | undefined {
  const steps = edges.length - 1;
  const percentiles = wanted.filter((name) => name.startsWith('p'));
  const summaries = source.summaries(series, edges, percentiles.length > 0);
  if (summaries.every((summary) => summary === undefined)) return undefined;
  const columns = Object.fromEntries(
    wanted.map((name) => [name, new Float64Array(steps).fill(Number.NaN)]),
  );
  let before: Summary | undefined;
  for (let i = 0; i < steps; i++) {
    const summary = summaries[i];
    if (!summary) continue;
    for (const name of wanted) {
      if (!name.startsWith('p')) columns[name]![i] = valueOf(name, summary, before);
    }
    before = summary;
  }
  if (percentiles.length > 0) {
    addPercentiles(source.raw(series, edges[0]!, edges[steps]!), edges, percentiles, columns);
  }
  return { ...nameOf(series), times, columns };
}

function valueOf(name: Aggregation, now: Summary, before: Summary | undefined): number {
  switch (name) {
    case 'average':
      return now.sum / now.count;
    case 'min':
    case 'max':
    case 'sum':
    case 'last':
    case 'count':
      return now[name];
    case 'rate': {
      const start = before ?? { lastTime: now.firstTime, last: now.first };
      const seconds = (now.lastTime - start.lastTime) / 1000;
      return seconds > 0 ? (now.last - start.last) / seconds : Number.NaN;
    }
    default:
      return Number.NaN;
  }
}

// By the nearest rank (ISO 16269-4).
function addPercentiles(
  points: Points,
  edges: Float64Array,
  wanted: readonly Aggregation[],
  columns: Record<string, Float64Array>,
): void {
  for (let i = 0; i < edges.length - 1; i++) {
    const { values } = between(points, edges[i]!, edges[i + 1]!);
    if (values.length === 0) continue;
    const sorted = values.slice().sort();
    for (const name of wanted) {
      const rank = Math.ceil((Number(name.slice(1)) / 100) * sorted.length);
      columns[name]![i] = sorted[Math.max(0, rank - 1)]!;
    }
  }
}

/**
 * A summary of each step. It is made of the coarsest tier whose spans fit into the steps, of readings
 * where they are in no tier yet, and of the next coarser tier where readings are no longer kept.
 */
function summariesOf(
  store: Store,
  series: Series,
  edges: Float64Array,
  rawOnly: boolean,
): (Summary | undefined)[] {
  const from = edges[0]!;
  const to = edges.at(-1)!;
  const result = new Array<Summary | undefined>(edges.length - 1).fill(undefined);
  const add = (summary: Summary, step: number) => {
    result[step] = combine(result[step], summary);
  };
  const addRaw = (start: number, end: number) => {
    if (start >= end) return;
    const points = store.raw(series, start, end);
    let place = 0;
    for (let i = stepAt(edges, start); i < edges.length - 1 && edges[i]! < end; i++) {
      const first = place;
      while (place < points.times.length && points.times[place]! < edges[i + 1]!) place++;
      const summary = summarize(points, first, place);
      if (summary) add(summary, i);
    }
  };
  const addTier = (tier: Tier, start: number, end: number) => {
    if (start >= end) return;
    for (const summary of store.summaries(series, tier, start, end)) {
      const step = stepAt(edges, Math.max(summary.firstTime, from));
      if (step < result.length) add(summary, step);
    }
  };
  const order: TierName[] = ['1h', '5m', 'raw'];
  const fits = (name: TierName) =>
    tiers[name].step === 0 || edges.every((edge) => edge % tiers[name].step === 0);
  const finest = order.findIndex((name) => name === 'raw' || (!rawOnly && fits(name)));
  const chosen = tiers[order[finest]!];
  // What is in memory is in no tier.
  const open =
    chosen.step === 0 ? -Infinity : Math.floor(oldestOpen(series) / chosen.step) * chosen.step;
  const rawFrom = chosen.step === 0 ? availableFrom(store, series) : open;
  let end = Math.min(to, Math.max(from, rawFrom));
  addRaw(end, to);
  for (let i = chosen.step === 0 ? finest - 1 : finest; i >= 0 && end > from; i--) {
    const tier = tiers[order[i]!];
    const begin = i === 0 ? from : Math.max(from, Math.min(end, store.begin(tier.name)));
    addTier(tier, begin, end);
    end = begin;
  }
  return result;
}

function availableFrom(store: Store, series: Series): number {
  return Math.min(store.begin('raw'), oldestOpen(series));
}

// The step that a time is in.
function stepAt(edges: Float64Array, time: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function groups(
  series: readonly Answered[],
  { by, across }: NonNullable<Query['group']>,
): Answered[] {
  const found = new Map<string, { one: Answered; counts: Record<string, Float64Array> }>();
  for (const { metric, labels, unit, times, columns } of series) {
    const own = Object.fromEntries(
      by.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])),
    );
    const key = seriesKey(metric, own);
    const group = found.get(key);
    if (!group) {
      found.set(key, {
        one: { metric, labels: own, unit, info: undefined, times, columns: copies(columns) },
        counts: Object.fromEntries(
          Object.entries(columns).map(([name, column]) => [
            name,
            column.map((value) => (Number.isNaN(value) ? 0 : 1)),
          ]),
        ),
      });
      continue;
    }
    for (const [name, column] of Object.entries(columns)) {
      for (let i = 0; i < column.length; i++) {
        const value = column[i]!;
        if (Number.isNaN(value)) continue;
        const sum = group.one.columns[name]!;
        const counts = group.counts[name]!;
        sum[i] = counts[i] === 0 ? value : put(across, sum[i]!, value);
        counts[i] = counts[i]! + 1;
      }
    }
  }
  if (across === 'average') {
    for (const { one, counts } of found.values()) {
      for (const [name, column] of Object.entries(one.columns)) {
        for (let i = 0; i < column.length; i++) column[i] = column[i]! / (counts[name]![i] || 1);
      }
    }
  }
  return [...found.values()].map(({ one }) => one);
}

function put(across: 'average' | 'min' | 'max' | 'sum', a: number, b: number): number {
  if (across === 'min') return Math.min(a, b);
  return across === 'max' ? Math.max(a, b) : a + b;
}

function copies(columns: Record<string, Float64Array>): Record<string, Float64Array> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.slice()]),
  );
}

function largest(series: readonly Answered[], count: number): Answered[] {
  const size = ({ columns }: Answered) => {
    const [column = new Float64Array(0)] = Object.values(columns);
    const values = column.filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  };
  return series
    .map((one) => ({ one, size: size(one) }))
    .sort((a, b) => b.size - a.size)
    .slice(0, count)
    .map(({ one }) => one);
}
