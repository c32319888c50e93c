import { spread } from './level.ts';
import { studentProbability } from './student.ts';

/** values on each side of a jump: of fewer a single peak would be one */
const side = 5;

/** The sharpest jump of a series in a span. */
export interface Jump {
  /** the step with which it is there */
  step: number;
  /** medians of the five values on each side */
  before: number;
  after: number;
  /** how likely one in the span is so large by chance */
  probability: number;
}

/**
 * Finds the sharpest jump in a span, and judges it by how much the series changed over as many values before. For series
 * that change slowly, such as the use of a disk: their level tells little, for it drifts anyway. Undefined where there
 * are too few values.
 * @param values equal steps, NaN where there is nothing @param start the step with which the span begins
 */
export function sharpestJump(values: Float64Array, start: number): Jump | undefined {
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) places.push(i);
  const known = Float64Array.from(places, (i) => values[i]!);
  const medians = new Float64Array(Math.max(0, known.length - side + 1));
  for (let i = 0; i < medians.length; i++) medians[i] = middle(known, i);
  // contrasts[i]: of the values from i + side on against those before
  const contrasts = new Float64Array(Math.max(0, medians.length - side));
  for (let i = 0; i < contrasts.length; i++) contrasts[i] = medians[i + side]! - medians[i]!;
  const first = places.findIndex((place) => place >= start);
  // Those whose values are all before the span.
  const usual = contrasts.subarray(0, Math.max(0, first - 2 * side + 1));
  const tried = contrasts.subarray(Math.max(0, first - side));
  if (first < 0 || usual.length < 4 * side || tried.length === 0) return undefined;
  let at = 0;
  for (let i = 1; i < tried.length; i++) {
    if (Math.abs(tried[i]!) > Math.abs(tried[at]!)) at = i;
  }
  const size = tried[at]!;
  const moves = usual.slice().sort();
  // What a rhythm has of one direction it has of the other at another time.
  const deviation = Math.max(spread(moves, 1), spread(moves, -1));
  if (!(deviation > 0) || !Number.isFinite(size)) return undefined;
  const one = studentProbability(size / deviation, usual.length / side - 1);
  const begin = Math.max(0, first - side) + at;
  return {
    step: places[begin + side]!,
    before: medians[begin]!,
    after: medians[begin + side]!,
    probability: Math.min(1, (one * Math.max(side, tried.length)) / side),
  };
}

// The median of five values.
function middle(values: Float64Array, from: number): number {
  const five = values.slice(from, from + side).sort();
  return five[side >> 1]!;
}
