/**
 * The value that a share of the values is at most, between two of them by their distance: Hyndman and Fan's type 7,
 * as numpy.quantile. NaN where there are none.
 * @param sorted in ascending order @param share 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below];
  if (low === undefined) return Number.NaN;
  const high = sorted[below + 1] ?? low;
  // Both may be so large that their distance is not finite.
  const part = place - below;
  return part === 0 ? low : low * (1 - part) + high * part;
}

/** Values in ascending order; NaN is no value. */
export function sorted(values: Float64Array): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  // A loop: a callback for each value takes longer than to sort them.
  for (const value of values) if (!Number.isNaN(value)) known[count++] = value;
  return known.subarray(0, count).sort();
}
