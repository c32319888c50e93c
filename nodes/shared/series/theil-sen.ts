import { quantile } from './quantile.ts';

/** Points of a series; those of one segment have a level in common, apart from the slope. */
export interface Points {
  x: Float64Array;
  y: Float64Array;
  /** in ascending order */
  segment: Uint8Array;
}

/**
 * The median slope between all pairs of points of the same segment (Theil 1950, Sen 1968): up to 29 % of the points may
 * be anything. 0 where there is no pair.
 */
export function medianSlope({ x, y, segment }: Points): number {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length && segment[j] === segment[i]; j++) {
      if (x[j] !== x[i]) slopes[count++] = (y[j]! - y[i]!) / (x[j]! - x[i]!);
    }
  }
  return count === 0 ? 0 : quantile(slopes.subarray(0, count).sort(), 0.5);
}

/** How far each point is from a line of that slope through the middle of its segment, and where those lines begin. */
export function aroundLines({ x, y, segment }: Points, slope: number) {
  const levels: number[] = [];
  const residuals = y.map((value, i) => value - slope * x[i]!);
  for (let first = 0; first < x.length;) {
    const own = segment[first]!;
    let end = first;
    while (end < x.length && segment[end] === own) end++;
    const level = quantile(residuals.slice(first, end).sort(), 0.5);
    for (let i = first; i < end; i++) residuals[i] = residuals[i]! - level;
    levels[own] = level;
    first = end;
  }
  return { residuals, levels };
}
