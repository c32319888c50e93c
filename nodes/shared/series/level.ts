import { quantile } from './quantile.ts';
import { studentProbability } from './student.ts';

/** How many standard deviations of a normal distribution lie above its median up to these shares. */
const quantiles = [
  { share: 0.75, deviations: 0.6744897501960817 },
  { share: 0.95, deviations: 1.6448536269514722 },
  { share: 0.99, deviations: 2.3263478740408408 },
] as const;

/** how much less a median of normal values tells of their middle than their mean: the root of pi / 2 */
const ofMedian = Math.sqrt(Math.PI / 2);

/** least values of a sample that is judged by its median */
const leastValues = 3;

/**
 * How far values usually lie from their median in one direction, in terms of the standard deviation of a normal
 * distribution: the largest that the quantiles of 75, 95 and 99 % show, so that a series with peaks is taken for one.
 * @param sorted in ascending order @param sign 1 for upwards
 */
export function spread(sorted: Float64Array, sign: 1 | -1): number {
  const middle = quantile(sorted, 0.5);
  let widest = 0;
  for (const { share, deviations } of quantiles) {
    const end = quantile(sorted, sign === 1 ? share : 1 - share);
    widest = Math.max(widest, ((end - middle) * sign) / deviations);
  }
  return widest;
}

/**
 * How likely a median moves at least so far by chance, by a t test on medians with the {@link spread} before. 1 where
 * too few values are after, or the series before was constant: then its distribution tells all.
 * @param before in ascending order @param after likewise
 * @param independent how many independent values each stands for
 */
export function shiftProbability(
  before: Float64Array,
  after: Float64Array,
  independent: { before: number; after: number },
): number {
  if (after.length < leastValues || independent.before <= 2) return 1;
  const moved = quantile(after, 0.5) - quantile(before, 0.5);
  const usual = spread(before, moved < 0 ? -1 : 1);
  if (!(usual > 0) || !Number.isFinite(moved)) return 1;
  const error = usual * ofMedian * Math.sqrt(1 / independent.before + 1 / independent.after);
  return studentProbability(moved / error, independent.before - 1);
}

/**
 * How much a level changed: the difference by the sum, -1 to 1. From 1 to 4 and from 4 to 1 are as large; from nothing
 * is 1.
 */
export function relativeChange(before: number, after: number): number {
  const larger = Math.max(Math.abs(before), Math.abs(after));
  if (larger === 0) return 0;
  // Their sum may be too large for a number.
  const [one, other] = [before / larger, after / larger];
  return (other - one) / (Math.abs(one) + Math.abs(other));
}
