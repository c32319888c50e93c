import { type Reading, seriesKey } from '../contract/reading.ts';
import type { History } from '../shared/history/history.ts';
import { labelMatchers } from '../shared/match/label-matchers.ts';
import { percentile95 } from '../shared/series/figures.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export interface PercentileQuery {
  series: readonly Pick<Reading, 'metric' | 'labels'>[];
  /** ms since the Unix epoch */
  from: number;
  to: number;
}

/**
 * The 95th percentiles of series, by their keys: a twentieth of the time there was more. Links are billed by
 * that of 5-minute averages, which is read for a day and more; of less it is that of the readings. By the
 * nearest rank. Rejects as `History.read`.
 */
export async function readPercentiles(
  history: Pick<History, 'read'>,
  { series, from, to }: PercentileQuery,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const isLong = to - from >= day;
  const edges = isLong ? edgesOf(from, to) : Float64Array.of(from, to);
  const aggregations = [isLong ? 'average' : 'p95'] as const;
  const found = new Map<string, number>();
  for (const { metric, labels } of series) {
    const key = seriesKey(metric, labels);
    const answer = await history.read(
      {
        ...{ metrics: metric, labels: labelMatchers(labels), from, to, edges, aggregations },
        ...{ limit: edges.length * most, maxSeries: most },
      },
      signal,
    );
    const one = answer.series.find((other) => seriesKey(other.metric, other.labels) === key);
    const value = one && (isLong ? percentile95(one.columns.average!) : one.columns.p95![0]!);
    if (value !== undefined && !Number.isNaN(value)) found.set(key, value);
  }
  return found;
}

/** series that have the same labels and others: the one that is meant is among so many */
const most = 100;

function edgesOf(from: number, to: number): Float64Array {
  const step = 5 * minute;
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first;
  return Float64Array.from({ length: count + 1 }, (_, i) => (first + i) * step);
}
