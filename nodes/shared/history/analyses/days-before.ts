import { seriesKey } from '../../../contract/reading.ts';
import { quantile, sorted } from '../../series/quantile.ts';
import { fewestDays, type SameTime } from '../../series/same-time.ts';
import { addDays } from '../calendar.ts';
import { ask, type Work } from './analysis.ts';
import type { FoundChange } from './found-change.ts';

const minute = 60_000;
/** ms of a mean: the finest that is kept for long */
const finest = 5 * minute;
/** days before, and those of them that are the same day of the week */
const lastDays = [1, 2, 3, 4, 5, 6, 7] as const;
const weeks = [7, 14, 21, 28] as const;

/** A finding that is to be compared with days before. */
export interface Asked {
  change: FoundChange;
  /** the time from which on its level is another, and the quantile of the values from then on that is its level */
  since: number;
  share: number;
}

/** What a span is compared with. */
interface Span {
  metrics: string;
  labels: string;
  from: number;
  to: number;
}

/**
 * The levels of findings at the same time of day on days before, by a clock on the wall: of the same day of the week where
 * three have it, else of the last seven days. Undefined where fewer than three days have it.
 */
export function* daysBefore(all: readonly Asked[], span: Span): Work<(SameTime | undefined)[]> {
  const { labels, from, to } = span;
  const metrics = metricsOf(all) ?? span.metrics;
  const step = Math.max(finest, all[0]?.change.step ?? finest);
  const end = Math.ceil(to / step) * step;
  const start = Math.floor(from / step) * step;
  // As much of the time before.
  const first = 2 * start - end;
  const edges = Float64Array.from({ length: (end - first) / step + 1 }, (_, i) => first + i * step);
  const keys = all.map(({ change }) => seriesKey(change.metric, change.labels));
  const known = new Map<string, Map<number, Float64Array>>(keys.map((key) => [key, new Map()]));
  const read = function* (days: number): Work<boolean> {
    // A day whose hours are those of the span itself is none before.
    const by = end - addDays(end, -days, '');
    if (by < end - start) return false;
    const then = edges.map((edge) => edge - by);
    const query = { metrics, labels, keys, from: then[0]!, to: then.at(-1)!, edges: then };
    const limits = { limit: Infinity, maxSeries: Infinity };
    const { series } = yield* ask({ ...query, ...limits, aggregations: ['average'] });
    for (const one of series) {
      known.get(seriesKey(one.metric, one.labels))?.set(days, one.columns.average!);
    }
    return series.length > 0;
  };
  let hasWeek = false;
  for (const days of lastDays) hasWeek = yield* read(days);
  for (const days of weeks) if (hasWeek && days > 7) hasWeek = yield* read(days);

  return all.map(({ change, since, share }, i) => {
    const found = known.get(keys[i]!)!;
    const place = Math.min(edges.length - 2, Math.max(0, Math.floor((since - first) / step)));
    const half = (edges.length - 1) / 2;
    const levels = (values: Float64Array) => ({
      now: level(values.subarray(place), share),
      before: level(values.subarray(0, half), 0.5),
    });
    const now = levels(means(change, edges));
    const of = (days: readonly number[]) =>
      days.flatMap((ago) => {
        const values = found.get(ago);
        const then = values && levels(values);
        return then?.now === undefined ? [] : [{ now: then.now, before: then.before }];
      });
    const sameDay = of(weeks);
    const days = sameDay.length >= fewestDays ? sameDay : of(lastDays);
    if (now.now === undefined || days.length < fewestDays) return undefined;
    const rises = days.flatMap((then) =>
      then.before === undefined ? [] : [then.now - then.before],
    );
    const rise = now.before === undefined ? undefined : now.now - now.before;
    return {
      ...{ kind: change.metric, now: now.now, days: days.map((then) => then.now) },
      rise: rise === undefined ? undefined : { now: rise, days: rises },
    };
  });
}

// What others are of is not read. Undefined where they are too many, or one is none that a filter has.
function metricsOf(all: readonly Asked[]): string | undefined {
  const names = [...new Set(all.map(({ change }) => change.metric))];
  return names.length <= 50 && names.every((name) => /^\w[\w.:/-]*$/.test(name))
    ? names.join(', ')
    : undefined;
}

// Undefined where less than half is known.
function level(values: Float64Array, share: number): number | undefined {
  const known = sorted(values);
  return 2 * known.length < values.length || known.length === 0
    ? undefined
    : quantile(known, share);
}

// The finding's own values, in steps as they are read of days before.
function means({ values, start, step }: FoundChange, edges: Float64Array): Float64Array {
  const sums = new Float64Array(edges.length - 1);
  const counts = new Float64Array(edges.length - 1);
  const wide = edges[1]! - edges[0]!;
  for (const [i, value] of values.entries()) {
    const place = Math.floor((start + i * step - edges[0]!) / wide);
    if (Number.isNaN(value) || place < 0 || place >= sums.length) continue;
    counts[place] = counts[place]! + 1;
    sums[place] = sums[place]! + value;
  }
  return sums.map((sum, i) => sum / counts[i]!);
}
