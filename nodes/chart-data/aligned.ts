import type { Point } from './downsample.ts';

/** A line to draw. */
export interface AlignedLine {
  legend: string;
  points: Point[];
}

/**
 * Lines that have the same times, so that they can be stacked: the mean of each bucket of `width` ms, at the time of the
 * last of all points in it. What a collector of flows did not tell of was not among the largest: it counts as nothing.
 */
export function aligned(
  lines: readonly { legend: string; points: readonly Point[] }[],
  width: number,
): AlignedLine[] {
  const bucketOf = ({ x }: Point) => Math.floor(x / width);
  const times = new Map<number, number>();
  for (const { points } of lines) {
    for (const point of points) {
      const bucket = bucketOf(point);
      times.set(bucket, Math.max(times.get(bucket) ?? point.x, point.x));
    }
  }
  const inOrder = [...times].sort(([a], [b]) => a - b);
  return lines.map(({ legend, points }) => {
    const sums = new Map<number, { sum: number; count: number }>();
    for (const point of points) {
      const known = sums.get(bucketOf(point)) ?? { sum: 0, count: 0 };
      sums.set(bucketOf(point), { sum: known.sum + point.y, count: known.count + 1 });
    }
    return {
      legend,
      points: inOrder.map(([bucket, x]) => {
        const { sum, count } = sums.get(bucket) ?? { sum: 0, count: 1 };
        return { x, y: sum / count };
      }),
    };
  });
}
