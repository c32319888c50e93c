/**
 * Probabilities adjusted for how many there are (Benjamini and Hochberg 1995, as
 * scipy.stats.false_discovery_control): of those at most q, a share of q is chance.
 * @param probabilities of findings, 0 to 1 @param count of all that were tested, where more were than are given
 */
export function adjusted(
  probabilities: ArrayLike<number>,
  count = probabilities.length,
): Float64Array {
  const order = Uint32Array.from(probabilities, (_, i) => i);
  order.sort((a, b) => probabilities[a]! - probabilities[b]!);
  const result = new Float64Array(probabilities.length);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const i = order[rank - 1]!;
    least = Math.min(least, (probabilities[i]! * count) / rank);
    result[i] = least;
  }
  return result;
}
