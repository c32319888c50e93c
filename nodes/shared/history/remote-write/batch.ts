import type { RemoteSeries } from './write-request.ts';

/** A series as a receiver knows it, with when its newest sample there was observed. */
export interface Target {
  labels: Uint8Array;
  /** ms since the Unix epoch; -Infinity before any */
  newest: number;
}

export interface Sample {
  target: Target;
  time: number;
  value: number;
}

/**
 * Brings samples into the order in which receivers take them: by time, and of a series and time the last one
 * only. Those that are no newer than what a receiver has of their series come apart, for some receivers
 * refuse them, and all that is sent along.
 */
export function inOrder(samples: readonly Sample[]): { fresh: Sample[]; late: Sample[] } {
  const last = new Map<Target, Map<number, Sample>>();
  for (const sample of samples) {
    let times = last.get(sample.target);
    if (!times) last.set(sample.target, (times = new Map<number, Sample>()));
    times.set(sample.time, sample);
  }
  const all = [...last.values()].flatMap((times) => [...times.values()]);
  all.sort((a, b) => a.time - b.time);
  const isFresh = ({ time, target }: Sample) => time > target.newest;
  return { fresh: all.filter(isFresh), late: all.filter((sample) => !isFresh(sample)) };
}

/** Samples, which are in order, by their series. */
export function bySeries(samples: readonly Sample[]): RemoteSeries[] {
  const series = new Map<Target, { labels: Uint8Array; times: number[]; values: number[] }>();
  for (const { target, time, value } of samples) {
    let one = series.get(target);
    if (!one) series.set(target, (one = { labels: target.labels, times: [], values: [] }));
    one.times.push(time);
    one.values.push(value);
  }
  return [...series.values()];
}
