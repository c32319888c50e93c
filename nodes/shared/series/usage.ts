import { quantile, sorted } from './quantile.ts';

/** How much a series was used over a span of time. */
export interface Usage {
  mean: number;
  /** the largest value */
  peak: number;
  /** the 95th percentile of the means of the steps: with steps of 5 minutes, what lines are paid by */
  percentile95: number;
}

/**
 * The usage over equal steps of time. Undefined where none has a value.
 * @param means of each step, NaN where nothing is known
 * @param peaks likewise
 */
export function usageOf(means: Float64Array, peaks: Float64Array): Usage | undefined {
  const known = sorted(means);
  if (known.length === 0) return undefined;
  let mean = 0;
  // Their sum may be too large for a number.
  for (const value of known) mean += value / known.length;
  let peak = -Infinity;
  for (const value of peaks) if (value > peak) peak = value;
  return { mean, peak, percentile95: quantile(known, 0.95) };
}

/** How much larger a value is than one before, in % of that; undefined where that is 0. */
export function changeOf(now: number, before: number): number | undefined {
  const change = (now / before - 1) * 100 * Math.sign(before);
  return Number.isFinite(change) ? change : undefined;
}
