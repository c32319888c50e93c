import { studentProbability } from './student.ts';

/** steps that one series may be before the other */
const mostLag = 12;
/** least points that both series have in common */
const leastCommon = 24;
/** changes beyond so many usual ones count as that many: two peaks that fall together by chance prove nothing */
const mostDeviations = 3;
/** copies that are compared with, at most */
const mostCopies = 50;

/** The differences of a series from step to step, without its level and its peaks. */
export interface Differences {
  /** 0 where there is none */
  values: Float64Array;
  /** 1 where there is one */
  known: Uint8Array;
  /** the root of the sum of their squares */
  size: number;
}

/** How two series move together. */
export interface Together {
  /** -1 to 1: of their differences, at the lag where it is largest */
  correlation: number;
  /** steps that the second is behind the first: below 0 it moves before */
  lag: number;
  /** how likely one among the lags is so large by chance */
  probability: number;
}

/**
 * The differences of a series. Undefined where it changes too seldom to be compared with another.
 * @param series equal steps, NaN where there is nothing
 */
export function differences(series: Float64Array): Differences | undefined {
  const length = Math.max(0, series.length - 1);
  const values = new Float64Array(length);
  const known = new Uint8Array(length);
  let [largest, changes, count] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const change = series[i + 1]! - series[i]!;
    if (!Number.isFinite(change)) continue;
    values[i] = change;
    known[i] = 1;
    count++;
    if (change !== 0) changes++;
    largest = Math.max(largest, Math.abs(change));
  }
  if (changes < leastCommon) return undefined;
  let [mean, square] = [0, 0];
  // Their squares may be too large for a number.
  for (let i = 0; i < length; i++) mean += (values[i]! /= largest) / count;
  const usual = new Float64Array(count);
  for (let i = 0, place = 0; i < length; i++) {
    if (known[i]) usual[place++] = Math.abs(values[i]! - mean);
  }
  usual.sort();
  for (const value of usual) square += value * value;
  // Of one that rests more than half the time, the median tells nothing.
  const deviation = usual[usual.length >> 1]! * 1.4826 || Math.sqrt(square / count);
  const limit = mostDeviations * deviation;
  let sum = 0;
  for (let i = 0; i < length; i++) {
    if (!known[i]) continue;
    const clipped = Math.max(-limit, Math.min(limit, values[i]! - mean));
    values[i] = clipped;
    sum += clipped * clipped;
  }
  return sum > 0 ? { values, known, size: Math.sqrt(sum) } : undefined;
}

/**
 * The cross-correlation of two series' differences, at the lag of up to 12 steps where it is largest: as numpy.correlate,
 * over the size of both. Whether that is chance is told by copies of the second that are shifted further: theirs is.
 * Undefined where both have too few points in common.
 */
export function together(first: Differences, second: Differences): Together | undefined {
  const length = Math.min(first.values.length, second.values.length);
  let common = 0;
  for (let i = 0; i < length; i++) common += first.known[i]! & second.known[i]!;
  if (common < leastCommon) return undefined;
  const reach = Math.min(mostLag, Math.floor(length / 6));
  const size = first.size * second.size;
  let [correlation, lag] = [0, 0];
  // From no lag outwards: of two that are as large the shorter one.
  for (let i = 0; i <= 2 * reach; i++) {
    const at = i % 2 === 0 ? i / 2 : -(i + 1) / 2;
    const found = product(first.values, second.values, at, length) / size;
    if (Math.abs(found) > Math.abs(correlation) + 1e-12) [correlation, lag] = [found, at];
  }
  // As large as those of series that have nothing to do with each other.
  let [square, copies] = [1 / common, 1];
  const step = Math.max(1, Math.floor((length - 4 * reach) / mostCopies));
  for (let shift = 2 * reach; shift <= length - 2 * reach; shift += step) {
    const [later, earlier] = [shift, shift - length];
    const found =
      product(first.values, second.values, later, length) +
      product(first.values, second.values, earlier, length);
    square += (found / size) ** 2;
    copies++;
  }
  const usual = Math.max(Math.sqrt(square / copies), 1 / Math.sqrt(common));
  const one = studentProbability(correlation / usual, Math.min(common - 2, copies));
  return { correlation, lag, probability: Math.min(1, one * (2 * reach + 1)) };
}

// The sum of products, of which the second is `lag` steps later.
function product(first: Float64Array, second: Float64Array, lag: number, length: number): number {
  const to = Math.min(length, length - lag);
  let sum = 0;
  for (let i = Math.max(0, -lag); i < to; i++) sum += first[i]! * second[i + lag]!;
  return sum;
}

/**
 * A series in steps that are longer by a factor, the mean of what is known in each. For one that has a value every few
 * steps only.
 */
export function coarser(series: Float64Array, factor: number): Float64Array {
  if (factor === 1) return series;
  const result = new Float64Array(Math.ceil(series.length / factor));
  for (let i = 0; i < result.length; i++) {
    let [mean, count] = [0, 0];
    for (const value of series.subarray(i * factor, (i + 1) * factor)) {
      if (!Number.isNaN(value)) mean += (value - mean) / ++count;
    }
    result[i] = count > 0 ? mean : Number.NaN;
  }
  return result;
}
