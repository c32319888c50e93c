import { type Reading, seriesKey } from '../contract/reading.ts';
import type { History } from '../shared/history/history.ts';
import type { Answer, Answered } from '../shared/history/store/query.ts';
import { inSlices } from '../shared/in-slices.ts';
import type { LabelFilter } from '../shared/match/label-filter.ts';
import type { NameFilter } from '../shared/match/name-filter.ts';
import { downsample, isSummarized, type Point } from './downsample.ts';

/** A series as a history database has it. */
export type PastSeries = Pick<Reading, 'metric' | 'labels' | 'unit' | 'info'> & {
  /** sorted by time; never empty */
  points: Point[];
};

export interface PastQuery {
  /** filters, as the dialog has them */
  metrics: string;
  labels: string;
  /** ms since the Unix epoch: from the first on and before the last */
  from: number;
  to: number;
  /** until when buckets are full */
  now: number;
  /** ms of a bucket of points, see {@link downsample} */
  width: number;
}

/** the most points of an answer, and the most series */
const mostPoints = 500_000;
const mostSeries = 2000;
/** points that are worked on at a time */
const piece = 2000;

/**
 * Reads lines, downsampled as a chart does it: the lowest and the highest of each bucket. Where buckets are long
 * they come from the history's summaries, which takes milliseconds for months; only the last one, which is
 * still filling, is read as it came, so that what arrives from now on joins it. Rejects as `History.read`.
 */
export async function readPastLines(
  history: Pick<History, 'read'>,
  { metrics, labels, from, to, now, width }: PastQuery,
  signal: AbortSignal,
): Promise<PastSeries[]> {
  const common = { metrics, labels, limit: mostPoints, maxSeries: mostSeries };
  const end = isSummarized(width) ? Math.max(from, Math.floor(now / width) * width) : from;
  const answers: Answer[] = [];
  if (end > from) {
    const edges = edgesOf(Math.floor(from / width) * width, end, width);
    const aggregations = ['min', 'max', 'last'] as const;
    answers.push(await history.read({ ...common, from, to: end, edges, aggregations }, signal));
  }
  answers.push(await history.read({ ...common, from: end, to }, signal));
  return inSlices(lines(answers, width), { signal });
}

/** Reads the last value of each series since `from`. Rejects as `History.latest`. */
export async function readPastValues(
  history: Pick<History, 'latest'>,
  takes: { metrics: NameFilter; filter: LabelFilter },
  from: number,
): Promise<PastSeries[]> {
  const values = await history.latest(from);
  return values
    .filter(({ metric, labels }) => takes.metrics.takes(metric) && takes.filter.takes(labels))
    .map(({ time, value, ...series }) => ({ ...series, points: [{ x: time, y: value }] }));
}

function edgesOf(start: number, end: number, width: number): Float64Array {
  return Float64Array.from({ length: Math.round((end - start) / width) + 1 }, (_, i) => {
    return start + i * width;
  });
}

function* lines(answers: readonly Answer[], width: number): Generator<void, PastSeries[]> {
  const found = new Map<string, PastSeries>();
  for (const { series } of answers) {
    for (const one of series) {
      const points = one.columns.value ? yield* came(one, width) : summaries(one, width);
      yield;
      if (points.length === 0) continue;
      const { metric, labels, unit, info } = one;
      const key = seriesKey(metric, labels);
      const known = found.get(key);
      if (known) for (const point of points) known.points.push(point);
      else found.set(key, { metric, labels, unit, ...(info && { info }), points });
    }
  }
  return [...found.values()];
}

// A series may be long: it yields in between.
function* came({ times, columns }: Answered, width: number): Generator<void, Point[]> {
  const values = columns.value!;
  let points: Point[] = [];
  for (let i = 0; i < times.length; i++) {
    points.push({ x: times[i]!, y: values[i]! });
    if (i % piece < piece - 1) continue;
    points = downsample(points, width);
    yield;
  }
  return downsample(points, width);
}

// Which came first, the lowest or the highest, is not kept: that nearer to the last value is taken for the later.
function summaries({ times, columns }: Answered, width: number): Point[] {
  const points: Point[] = [];
  for (const [i, start] of times.entries()) {
    const [min, max, last] = [columns.min![i]!, columns.max![i]!, columns.last![i]!];
    if (Number.isNaN(min)) continue;
    if (min === max) {
      points.push({ x: start + width / 2, y: min });
      continue;
    }
    const [first, second] = last - min < max - last ? [max, min] : [min, max];
    points.push({ x: start + width / 4, y: first }, { x: start + (3 * width) / 4, y: second });
  }
  return points;
}
