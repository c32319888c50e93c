/** A twentieth of the values is larger, by the nearest rank; NaN is no value. Undefined where there is none. */
export function percentile95(values: Float64Array): number | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted[Math.ceil(0.95 * sorted.length) - 1];
}

/** The median of the distances between neighbours, of two middle ones the longer; 1 where there are none. */
export function usualDistance(places: readonly number[]): number {
  const distances = places.slice(1).map((place, i) => place - places[i]!);
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? 1;
}
