import { fiveMinutes, suspectsOf } from '../../series/suspects.ts';
import { stepEdges } from '../calendar.ts';
import { eachSeries, type Work } from './analysis.ts';

const step = 5 * 60_000;

/** Where something may stand out. */
export interface SuspectsRequest {
  metrics: string;
  labels: string;
  /** the span that is looked at, in ms since the Unix epoch */
  from: number;
  to: number;
  maxSeries: number;
}

/** What stood out of a series. */
interface FoundSuspect {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  /** ms since the Unix epoch */
  time: number;
  value: number;
  /** standard deviations, below 0 where the value is too low */
  score: number;
  kind: 'point' | 'shift';
  /** the mean of what came before */
  usual: number;
}

export interface Suspects {
  suspects: FoundSuspect[];
  /** series that were looked at */
  series: number;
  /** how many series were left out for the limit */
  omitted: number;
}

/** Tells what stood out in a span, by the means of 5 minutes; the newest last. */
export function* suspects(request: SuspectsRequest): Work<Suspects> {
  const { metrics, labels, from, to, maxSeries } = request;
  // A mean that is under way is none yet.
  const edges = stepEdges(from, Math.floor(to / step) * step, step, 'UTC');
  const all: FoundSuspect[] = [];
  const query = { metrics, labels, from, to, edges, maxSeries };
  const read = yield* eachSeries({ ...query, aggregations: ['average'] }, (one) => {
    const { metric, labels: own, unit, times, columns } = one;
    for (const { at, score, kind, usual } of suspectsOf(columns.average!, fiveMinutes)) {
      const value = columns.average![at]!;
      // Where the mean ends is when it can be known.
      all.push({ metric, labels: own, unit, time: times[at]! + step, value, score, kind, usual });
    }
  });
  all.sort((a, b) => a.time - b.time);
  return { suspects: all, ...read };
}
