import { dependence, independent } from './dependence.ts';
import { sharpestJump } from './jump.ts';
import { distance, distanceProbability } from './ks-test.ts';
import { relativeChange, shiftProbability } from './level.ts';
import { onset } from './onset.ts';
import { quantile, sorted } from './quantile.ts';

/** How a series was in a span of time, against the time before. */
export type Movement =
  | Moved
  /** it has its first value in the span, at a step of that number */
  | { kind: 'began'; step: number }
  /** it has its last value before the end of the span, at a step of that number */
  | { kind: 'ended'; step: number };

export interface Moved {
  kind: 'moved';
  /** the step with which it left its level */
  step: number;
  /** its levels: medians, or where less than half of the span is beyond what was before, the quantiles that moved */
  before: number;
  after: number;
  /** the first step of those whose level is `after`, and the quantile of them that it is */
  from: number;
  share: number;
  /** how little the distributions overlap, 0 to 1: the statistic of Kolmogorov and Smirnov */
  distance: number;
  /** how likely it is by chance, not yet adjusted for the number of series */
  probability: number;
}

/** the span, its last half and its last quarter: what began only then is seen as well */
const parts = [1, 2, 4] as const;
/** least values of a part */
const leastInPart = 3;
/** usual distances without a value after which a series has ended, and least steps */
const silence = 3;
/** {@link dependence} from which on a series drifts, so that its jumps tell more than its level */
const drifting = 0.5;

/**
 * How a series moved. Undefined where it has nothing to be compared, or ended before the span.
 * @param values equal steps, NaN where there is nothing @param start the step with which the span begins
 */
export function movement(values: Float64Array, start: number): Movement | undefined {
  const before = sorted(values.subarray(0, start));
  const all = sorted(values.subarray(start));
  if (before.length === 0) {
    return all.length === 0 ? undefined : { kind: 'began', step: values.findIndex(isKnown) };
  }
  const last = values.findLastIndex(isKnown);
  const patience = silence * Math.max(1, usualGap(values));
  if (last < values.length - 1 - patience) {
    return last < start - 1 - patience ? undefined : { kind: 'ended', step: last };
  }
  if (all.length === 0) return undefined;
  return moved(values, start, before, all);
}

function moved(
  values: Float64Array,
  start: number,
  before: Float64Array,
  all: Float64Array,
): Moved | undefined {
  const tied = dependence(values.subarray(0, start));
  const length = values.length - start;
  let best:
    { from: number; after: Float64Array; probability: number; d: number; sign: 1 | -1 } | undefined;
  let tests = 0;
  for (const part of parts) {
    const from = values.length - Math.ceil(length / part);
    const after = part === 1 ? all : sorted(values.subarray(from));
    if (part > 1 && after.length < leastInPart) break;
    tests++;
    const { d, sign } = distance(before, after);
    const counts = {
      before: independent(before.length, tied),
      after: independent(after.length, tied),
    };
    const byRank = distanceProbability(d, counts.before, counts.after);
    // Of two ways to look, the better one is by chance twice as often.
    const probability = Math.min(1, 2 * Math.min(byRank, shiftProbability(before, after, counts)));
    if (!best || probability < best.probability) {
      best = { from, after, probability, d, sign };
    }
  }
  const { from, after, probability, d, sign } = best!;
  const jump = tied > drifting ? sharpestJump(values, start) : undefined;
  // One more way to look, after those above.
  const ways = jump ? tests + 1 : tests;
  if (jump && jump.probability < probability) {
    return {
      ...{ kind: 'moved', step: jump.step, before: jump.before, after: jump.after, distance: d },
      ...{ from: jump.step, share: 0.5 },
      probability: Math.min(1, jump.probability * ways),
    };
  }
  const share = d >= 0.5 ? 0.5 : sign === 1 ? 1 - d / 2 : d / 2;
  const levels = { before: quantile(before, share), after: quantile(after, share) };
  const step = onset(values, start, levels.before, levels.after);
  if (step === undefined || relativeChange(levels.before, levels.after) === 0) return undefined;
  return {
    ...{ kind: 'moved', step, ...levels, from, share, distance: d },
    probability: Math.min(1, probability * ways),
  };
}

function isKnown(value: number): boolean {
  return !Number.isNaN(value);
}

/** The median of the steps between known values; 1 where there are none. */
export function usualGap(values: Float64Array): number {
  const gaps: number[] = [];
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    if (last >= 0) gaps.push(i - last);
    last = i;
  }
  if (gaps.length === 0) return 1;
  // Most series have a value in each step.
  if (gaps.length === values.length - 1) return 1;
  return gaps.sort((a, b) => a - b)[gaps.length >> 1]!;
}
