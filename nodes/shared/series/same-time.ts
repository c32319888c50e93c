import { quantile } from './quantile.ts';
import { studentProbability } from './student.ts';

/** days that have the same time of day, of which a level is usual */
export const fewestDays = 3;
/** series of a metric from which on they tell how much days differ */
const fewestAlike = 10;
/** days that what others of the metric tell counts as much as */
const borrowed = 4;

/** A level now and on days before at the same time of day, and how far each was from the time before it. */
export interface SameTime {
  /** whose days differ alike: the metric */
  kind: string;
  now: number;
  days: readonly number[];
  /** undefined where the time before is not known */
  rise?: { now: number; days: readonly number[] } | undefined;
}

/** How a level stands to that of other days. */
export interface StandsOut {
  /** the median of the days */
  usual: number;
  /** how likely another day differs at least so far, not adjusted for the number of series */
  probability: number;
  /** 1 where it is above */
  sign: 1 | -1;
}

/**
 * Whether levels stand out against the same time of day on days before: by Student's prediction of one more value of a
 * sample, of the level itself or of its rise over the time before, whichever stands out more. Of few days each, series of
 * one metric tell each other how much days differ (a variance shrunk towards their median, as Smyth 2004 does).
 */
export function standOut(all: readonly SameTime[]): StandsOut[] {
  const byLevel = usualSpreads(all, ({ days }) => days);
  const byRise = usualSpreads(all, ({ rise }) => rise?.days ?? []);
  return all.map(({ kind, now, days, rise }) => {
    const scale = Math.abs(meanOf(days));
    const level = predicted(now, days, (byLevel.get(kind) ?? Number.NaN) * scale);
    const usual = quantile(Float64Array.from(days).sort(), 0.5);
    if (!rise || rise.days.length < fewestDays) return { usual, ...level };
    const risen = predicted(rise.now, rise.days, (byRise.get(kind) ?? Number.NaN) * scale);
    const better = risen.probability < level.probability ? risen : level;
    // Of two ways to look, the better one is by chance twice as often.
    return { usual, sign: better.sign, probability: Math.min(1, 2 * better.probability) };
  });
}

// The deviation between days that is usual of a metric, as a share of the level.
function usualSpreads(
  all: readonly SameTime[],
  valuesOf: (one: SameTime) => readonly number[],
): Map<string, number> {
  const groups = new Map<string, number[]>();
  for (const one of all) {
    const values = valuesOf(one);
    const level = meanOf(one.days);
    if (values.length < fewestDays || level === 0) continue;
    const freedom = values.length - 1;
    // The median of the variances of small samples lies below their mean (Wilson and Hilferty).
    const share = variance(values) / level ** 2 / (1 - 2 / (9 * freedom)) ** 3;
    const group = groups.get(one.kind);
    if (group) group.push(share);
    else groups.set(one.kind, [share]);
  }
  const usual = new Map<string, number>();
  for (const [kind, shares] of groups) {
    if (shares.length < fewestAlike) continue;
    usual.set(kind, Math.sqrt(quantile(Float64Array.from(shares).sort(), 0.5)));
  }
  return usual;
}

/** @param usual deviation of others; NaN where that is not known */
function predicted(
  now: number,
  days: readonly number[],
  usual: number,
): { probability: number; sign: 1 | -1 } {
  const mean = meanOf(days);
  const off = now - mean;
  const sign = off < 0 ? -1 : 1;
  let freedom = days.length - 1;
  let square = variance(days);
  if (Number.isFinite(usual)) {
    square = (borrowed * usual ** 2 + freedom * square) / (borrowed + freedom);
    freedom += borrowed;
  }
  const error = Math.sqrt(square * (1 + 1 / days.length));
  // What is as good as constant is off by more than rounding, or is not.
  const rounding = 1e-9 * Math.max(Math.abs(mean), Math.abs(now));
  if (Math.abs(off) <= rounding) return { probability: 1, sign };
  if (!(error > rounding)) return { probability: 0, sign };
  return { probability: studentProbability(off / error, freedom), sign };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

function variance(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
