/** How far the distributions of two samples are apart. */
export interface Distance {
  /** the largest difference of their empirical distribution functions, 0 to 1: how little they overlap */
  d: number;
  /** 1 where the second one lies higher, -1 where it lies lower */
  sign: 1 | -1;
}

/**
 * The two-sample statistic of Kolmogorov and Smirnov, as scipy.stats.ks_2samp has it.
 * @param before in ascending order, not empty @param after likewise
 */
export function distance(before: Float64Array, after: Float64Array): Distance {
  let [i, j] = [0, 0];
  let [above, below] = [0, 0];
  while (i < before.length && j < after.length) {
    const at = Math.min(before[i]!, after[j]!);
    while (i < before.length && before[i] === at) i++;
    while (j < after.length && after[j] === at) j++;
    const difference = i / before.length - j / after.length;
    if (difference > above) above = difference;
    else if (difference < below) below = difference;
  }
  return above >= -below ? { d: above, sign: 1 } : { d: -below, sign: -1 };
}

/** up to this many values of the smaller sample the probability is counted out, if it is not large anyway */
const mostCounted = 30;
const large = 0.3;

/**
 * How likely two samples of one distribution are at least so far apart: from the limit of Kolmogorov's distribution with
 * Stephens' correction (1970), which is within a tenth of the exact one from 30 values on where that is above 1e-6. Of
 * small samples it is counted out (Hodges 1958, as scipy's `method='exact'`) where it may be below a third.
 * @param d 0 to 1 @param n how many independent values the first has, rounded where it is counted out @param m the second
 */
export function distanceProbability(d: number, n: number, m: number): number {
  if (d <= 0) return 1;
  const root = Math.sqrt((n * m) / (n + m));
  const limit = kolmogorov((root + 0.12 + 0.11 / root) * d);
  if (limit > large || Math.min(n, m) > mostCounted) return limit;
  return counted(d, Math.max(1, Math.round(n)), Math.max(1, Math.round(m)));
}

/** The probability that Kolmogorov's distribution gives more than x. */
export function kolmogorov(x: number): number {
  // Below, the sum needs more terms than it has, and is 1 to 12 digits.
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17 * Math.abs(sum)) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}

/**
 * The share of ways to mix two samples that differ by d somewhere. Each way is a path over a grid, from corner to
 * corner; a place on it is as likely to be come to unharmed as the mean, by what is left, of the two before it.
 */
function counted(d: number, n: number, m: number): number {
  const [long, short] = n >= m ? [n, m] : [m, n];
  // What d is, rounding apart, on the grid of differences.
  const limit = (d - 1e-10) * long * short;
  // outside[j]: of the paths to (i, j), how many have been too far apart
  const outside = new Float64Array(short + 1);
  for (let i = 0; i <= long; i++) {
    for (let j = 0; j <= short; j++) {
      if (Math.abs(i * short - j * long) >= limit) outside[j] = 1;
      else if (i === 0 && j === 0) outside[j] = 0;
      else if (i === 0) outside[j] = outside[j - 1]!;
      else if (j > 0) outside[j] = (i * outside[j]! + j * outside[j - 1]!) / (i + j);
    }
  }
  return Math.min(1, outside[short]!);
}
