import { seriesKey } from '../../../contract/reading.ts';
import { type Usage, usageOf } from '../../series/usage.ts';
import { stepEdges } from '../calendar.ts';
import type { Answered } from '../store/query.ts';
import { eachSeries, type Work } from './analysis.ts';

const step = 5 * 60_000;
/** points of a curve */
const mostPoints = 170;

type Across = 'sum' | 'average' | 'min' | 'max';

/** Two spans of time whose usage is compared. */
export interface CompareRequest {
  metrics: string;
  labels: string;
  /** ms since the Unix epoch */
  now: { from: number; to: number };
  before: { from: number; to: number };
  /** puts series together that have the same values of these labels */
  group?: { by: readonly string[]; across: Across } | undefined;
  maxSeries: number;
}

/** How a series, or a group, was used in a span, with the means of its parts. */
type Used = Usage & { curve: (number | null)[] };

/** A series, and how it was used in each span that has something of it. */
interface Compared {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  now: Used | undefined;
  before: Used | undefined;
}

export interface Comparison {
  series: Compared[];
  /** how many series were left out for the limit */
  omitted: number;
  /** ms since the Unix epoch, of the points of the curves of both */
  times: number[];
}

/** A group while its series are read. */
interface Group {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  means: Float64Array;
  peaks: Float64Array;
  /** series that have each step */
  counts: Uint32Array;
}

/**
 * Compares how series were used in two spans, by the means of 5 minutes. What a group had at a time is what its series
 * had together: the peak of a sum is the largest sum of means.
 */
export function* compare(request: CompareRequest): Work<Comparison> {
  const { metrics, labels, maxSeries, group } = request;
  const found = new Map<string, Compared>();
  const put = (
    when: 'now' | 'before',
    one: Pick<Compared, 'metric' | 'labels' | 'unit'>,
    used: Used | undefined,
  ) => {
    const { metric, labels: own, unit } = one;
    const key = seriesKey(metric, own);
    const nothing = { now: undefined, before: undefined };
    const known = found.get(key) ?? { metric, labels: own, unit, ...nothing };
    found.set(key, { ...known, [when]: used });
  };
  let omitted = 0;
  for (const when of ['now', 'before'] as const) {
    const { from, to } = request[when];
    const edges = stepEdges(from, to, step, 'UTC');
    const query = { metrics, labels, from, to, edges, maxSeries };
    const groups = new Map<string, Group>();
    const read = yield* eachSeries({ ...query, aggregations: ['average', 'max'] }, (one) => {
      if (group) addTo(groups, one, group);
      else put(when, one, usedOf(one.columns.average!, one.columns.max!));
    });
    for (const one of groups.values()) {
      if (group!.across === 'average') {
        one.means.forEach((sum, i) => (one.means[i] = sum / one.counts[i]!));
      }
      put(when, one, usedOf(one.means, group!.across === 'max' ? one.peaks : one.means));
      yield undefined;
    }
    omitted = Math.max(omitted, read.omitted);
  }
  const steps = (request.now.to - request.now.from) / step;
  const times = binned(steps).map((first) => request.now.from + first * step);
  return { series: [...found.values()], omitted, times };
}

function usedOf(means: Float64Array, peaks: Float64Array): Used | undefined {
  const usage = usageOf(means, peaks);
  return (
    usage && {
      ...usage,
      curve: binned(means.length).map((first, i, all) =>
        meanOf(means, first, all[i + 1] ?? means.length),
      ),
    }
  );
}

// Where the parts of a curve begin.
function binned(length: number): number[] {
  const size = Math.max(1, Math.ceil(length / mostPoints));
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => i * size);
}

function meanOf(means: Float64Array, from: number, to: number): number | null {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    if (Number.isNaN(means[i]!)) continue;
    sum += means[i]!;
    count++;
  }
  return count === 0 ? null : sum / count;
}

function addTo(
  groups: Map<string, Group>,
  one: Answered,
  { by, across }: NonNullable<CompareRequest['group']>,
): void {
  const { metric, unit, columns } = one;
  const labels = Object.fromEntries(
    by.flatMap((name) => (one.labels[name] === undefined ? [] : [[name, one.labels[name]]])),
  );
  const key = seriesKey(metric, labels);
  const [means, peaks] = [columns.average!, columns.max!];
  const group = groups.get(key);
  if (!group) {
    const counts = Uint32Array.from(means, (value) => (Number.isNaN(value) ? 0 : 1));
    groups.set(key, { metric, labels, unit, means, peaks, counts });
    return;
  }
  for (const [i, mean] of means.entries()) {
    if (Number.isNaN(mean)) continue;
    const isFirst = group.counts[i] === 0;
    group.means[i] = isFirst ? mean : put(across, group.means[i]!, mean);
    group.peaks[i] = isFirst ? peaks[i]! : Math.max(group.peaks[i]!, peaks[i]!);
    group.counts[i] = group.counts[i]! + 1;
  }
}

function put(across: Across, a: number, b: number): number {
  if (across === 'min') return Math.min(a, b);
  return across === 'max' ? Math.max(a, b) : a + b;
}
