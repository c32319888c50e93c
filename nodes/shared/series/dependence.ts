/**
 * How much a value of a series tells of the next: the autocorrelation at a lag of one step, with what it is too small
 * for a short series added (Marriott and Pope 1954). 0 for a constant one.
 * @param values in order of time, NaN where there is none
 */
export function dependence(values: Float64Array): number {
  let [mean, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    mean += (value - mean) / count;
  }
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value - mean);
    if (size > largest) largest = size;
  }
  if (count < 3 || largest === 0 || !Number.isFinite(largest)) return 0;
  let [square, product, pairs] = [0, 0, 0];
  let before = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    // Its square may be too large for a number.
    const now = (value - mean) / largest;
    square += now * now;
    if (!Number.isNaN(before)) {
      product += now * before;
      pairs++;
    }
    before = now;
  }
  const found = (product / pairs) * (count / square);
  return Math.max(0, Math.min(0.99, found + (1 + 3 * found) / count));
}

/**
 * How many independent values tell as much of a mean as so many dependent ones (Bayley and Hammersley 1946): 60 of a
 * dependence of 0.9 tell as much as 3.
 */
export function independent(count: number, dependence: number): number {
  return Math.max(1, (count * (1 - dependence)) / (1 + dependence));
}
