import { seriesKey } from '../../../contract/reading.ts';
import { type Usage, usageOf } from '../../series/usage.ts';
import { stepEdges } from '../calendar.ts';
import { eachSeries, type Work } from './analysis.ts';

const step = 5 * 60_000;

/** Two spans of time whose usage is compared. */
export interface CompareRequest {
  metrics: string;
  labels: string;
  /** ms since the Unix epoch */
  now: { from: number; to: number };
  before: { from: number; to: number };
  maxSeries: number;
}

/** A series, and how it was used in each span that has something of it. */
interface Compared {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  now: Usage | undefined;
  before: Usage | undefined;
}

export interface Comparison {
  series: Compared[];
  /** how many series were left out for the limit */
  omitted: number;
}

/** Compares how series were used in two spans, by the means of 5 minutes. */
export function* compare(request: CompareRequest): Work<Comparison> {
  const { metrics, labels, maxSeries } = request;
  const found = new Map<string, Compared>();
  let omitted = 0;
  for (const when of ['now', 'before'] as const) {
    const { from, to } = request[when];
    const edges = stepEdges(from, to, step, 'UTC');
    const query = { metrics, labels, from, to, edges, maxSeries };
    const read = yield* eachSeries({ ...query, aggregations: ['average', 'max'] }, (one) => {
      const { metric, labels: own, unit, columns } = one;
      const usage = usageOf(columns.average!, columns.max!);
      const key = seriesKey(metric, own);
      const known = found.get(key) ?? {
        ...{ metric, labels: own, unit },
        ...{ now: undefined, before: undefined },
      };
      found.set(key, { ...known, [when]: usage });
    });
    omitted = Math.max(omitted, read.omitted);
  }
  return { series: [...found.values()], omitted };
}
