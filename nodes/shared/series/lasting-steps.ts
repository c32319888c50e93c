import { quantile } from './quantile.ts';

/** What is compared, in steps. */
export interface Spans {
  /** as many as are compared with those before: a whole rhythm, so that it does not count */
  window: number;
  /** from which a level lasts; what is shorter was a bad time */
  lasting: number;
}

/** how many times larger than usual a change is that makes a step */
const factor = 6;
/** steps that are exceptions; a series with more goes in steps */
const mostSteps = 2;
const mostCuts = 6;

/** Which hours have a level in common; -1 for those that belong to none: bad days. */
export type Segments = Int8Array;

/**
 * Finds where a series got another level that lasted, and times that were unlike those before and after. Where there
 * are more than two such steps, they are how the series moves: all is one segment.
 * @param values NaN where nothing is known
 */
export function lastingSteps(values: Float64Array, { window, lasting }: Spans): Segments {
  const length = values.length;
  const one = new Int8Array(length);
  const changes = new Float64Array(length).fill(Number.NaN);
  for (let i = window; i <= length - window; i++) {
    const before = middle(values, i - window, i);
    const after = middle(values, i, i + window);
    if (i < length) changes[i] = after - before;
  }
  const known = changes.filter((change) => !Number.isNaN(change)).sort();
  if (known.length < 2 * window) return one;
  const usual = quantile(known, 0.5);
  const spread = quantile(known.map((change) => Math.abs(change - usual)).sort(), 0.5) * 1.4826;
  const size = Math.abs(quantile(known, 0)) + Math.abs(quantile(known, 1));
  const least = Math.max(factor * spread, 1e-9 * size);
  const cuts: number[] = [];
  while (cuts.length <= mostCuts) {
    let at = -1;
    let largest = least;
    for (const [i, change] of changes.entries()) {
      const distance = Math.abs(change - usual);
      if (!(distance > largest) || cuts.some((cut) => Math.abs(cut - i) < window)) continue;
      [at, largest] = [i, distance];
    }
    if (at === -1) break;
    cuts.push(sharpest(values, at, window));
  }
  if (cuts.length === 0 || cuts.length > mostCuts) return one;
  cuts.sort((a, b) => a - b);
  return joined(values, cuts, { slope: usual / window, least, lasting });
}

// Where within half a window the hours before and after differ most: that of two medians is blunt.
function sharpest(values: Float64Array, at: number, window: number): number {
  let best = at;
  let largest = -1;
  for (
    let i = Math.max(3, at - window / 2);
    i <= Math.min(values.length - 3, at + window / 2);
    i++
  ) {
    const change = Math.abs(middle(values, i, i + 3) - middle(values, i - 3, i));
    if (change > largest) [best, largest] = [i, change];
  }
  return best;
}

// Numbers the segments between cuts; those that are short belong to none, and those of one level are one.
function joined(
  values: Float64Array,
  cuts: readonly number[],
  { slope, least, lasting }: { slope: number; least: number; lasting: number },
): Segments {
  const segments: Segments = new Int8Array(values.length).fill(-1);
  const edges = [0, ...cuts, values.length];
  let number = -1;
  let level = Number.NaN;
  for (let n = 0; n + 1 < edges.length; n++) {
    const [from, to] = [edges[n]!, edges[n + 1]!];
    if (to - from < lasting) continue;
    // The trend goes on between them.
    const own = middle(values, from, to) - slope * ((from + to) / 2);
    if (Number.isNaN(own)) continue;
    if (number === -1 || Math.abs(own - level) > least) number++;
    level = own;
    segments.fill(number, from, to);
  }
  return number === -1 || number > mostSteps ? new Int8Array(values.length) : segments;
}

// Of what is known; NaN where that is less than a quarter.
function middle(values: Float64Array, from: number, to: number): number {
  const known = values.slice(from, to).filter((value) => !Number.isNaN(value));
  return known.length * 4 < to - from ? Number.NaN : quantile(known.sort(), 0.5);
}
