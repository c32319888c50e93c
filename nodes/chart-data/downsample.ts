import { usualStep } from '../shared/history/calendar.ts';

/** A point of a line: time in ms since the Unix epoch, and value. */
export interface Point {
  x: number;
  y: number;
}

/**
 * Downsamples points sorted by time so that peaks and dips stay: of each bucket of `width` ms it keeps the
 * lowest and the highest, as they were. Buckets lie on multiples of `width`, so that points do not
 * shimmer as the window moves on, and doing so in steps gives the same as doing it at once.
 */
export function downsample(points: readonly Point[], width: number): Point[] {
  const kept: Point[] = [];
  let start = 0;
  while (start < points.length) {
    const bucket = Math.floor(points[start]!.x / width);
    let lowest = points[start]!;
    let highest = lowest;
    let end = start + 1;
    for (; end < points.length && Math.floor(points[end]!.x / width) === bucket; end++) {
      const point = points[end]!;
      if (point.y < lowest.y) lowest = point;
      if (point.y > highest.y) highest = point;
    }
    if (lowest === highest) kept.push(lowest);
    else if (lowest.x < highest.x) kept.push(lowest, highest);
    else kept.push(highest, lowest);
    start = end;
  }
  return kept;
}

/** {@link downsample}, but with the newest point: a line ends where it is now. */
export function downsampleToNow(points: readonly Point[], width: number): Point[] {
  const kept = downsample(points, width);
  const last = points.at(-1);
  if (last && kept.at(-1) !== last) kept.push(last);
  return kept;
}

/** The width of buckets in ms with which {@link downsampleToNow} leaves at most `max` points of `window` ms. */
export function bucketWidth(window: number, max: number): number {
  // Two points a bucket, and the window cuts through one more bucket than it holds.
  return window / (Math.floor((max - 1) / 2) - 1);
}

/** ms of the shortest summaries that a history keeps */
const shortestSummary = 5 * 60_000;

/** {@link bucketWidth}, but where it is long, one that the summaries of a history fit into. */
export function pastWidth(window: number, max: number): number {
  const width = bucketWidth(window, max);
  const usual = usualStep(window, Math.floor(window / width));
  return usual < shortestSummary ? width : usual;
}

/** Whether the summaries of a history fit into buckets of that width. */
export function isSummarized(width: number): boolean {
  return width % shortestSummary === 0;
}
