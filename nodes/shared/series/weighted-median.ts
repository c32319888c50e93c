/**
 * The value below which lies half of the weight; that of nothing is NaN.
 * @param weights of the values, above 0
 */
export function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let below = 0;
  for (const i of order) {
    below += weights[i]!;
    // Halves of a sum may differ in their last digit.
    if (below >= half * (1 - 1e-12)) return values[i]!;
  }
  return Number.NaN;
}
