import type { TrafficSums } from '../../shared/traffic/queries.ts';

/** The traffic of some interfaces as a whole, and when anything was told of it. */
export interface Told {
  /** how many intervals of the collector each step has: 0 where nothing is known of it */
  intervals: Float64Array;
  /** the sum of the rates of these intervals, bit/s */
  sums: Float64Array;
  /** of all steps */
  intervalsInAll: number;
  sumInAll: number;
}

/**
 * What was told of an exporter. An interval in which it told of any interface counts for all of them: where nothing flows,
 * nothing is told.
 * @param all the totals of all its interfaces
 * @param name the interface that is meant, all where missing
 */
export function toldOf(all: readonly TrafficSums[], name: string | undefined, steps: number): Told {
  const intervals = new Float64Array(steps);
  const sums = new Float64Array(steps);
  for (const one of all) {
    const isMeant = name === undefined || one.labels.interface === name;
    for (let i = 0; i < steps; i++) {
      const count = one.counts[i]!;
      if (!(count > 0)) continue;
      intervals[i] = Math.max(intervals[i]!, count);
      if (isMeant) sums[i]! += one.sums[i]!;
    }
  }
  const add = (a: number, b: number) => a + b;
  return {
    ...{ intervals, sums },
    intervalsInAll: intervals.reduce(add, 0),
    sumInAll: sums.reduce(add, 0),
  };
}

/** The mean over all intervals that were told of, bit/s; null where none was. */
export function meanOf(sum: number, { intervalsInAll }: Told): number | null {
  return intervalsInAll > 0 ? sum / intervalsInAll : null;
}

/** The means of steps, bit/s; null where nothing is known, 0 where there was nothing of it. */
export function stepMeans(sums: Float64Array, { intervals }: Told): (number | null)[] {
  return Array.from(intervals, (count, i) => (count > 0 ? (sums[i]! || 0) / count : null));
}
