// A day of readings as networks give them, the same in each run.
import type { Reading } from '../nodes/contract/reading.ts';

/** series that one poll tells */
const perPoll = 20;
/** ms between two polls */
export const pollMs = 10_000;
const dayMs = 86_400_000;

/** What a series' next value is, from the one before and a random number of 0 to 1. */
type Step = (before: number, random: () => number) => number;

const decimals = (value: number, digits: number) => Number(value.toFixed(digits));
const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

interface Kind {
  metric: string;
  unit: string;
  /** how many of 100 series */
  share: number;
  start: number;
  step: Step;
}

const kinds: Kind[] = [
  {
    ...{ metric: 'cpu_usage', unit: '%', share: 15, start: 20 },
    step: (v, r) => decimals(within(v + 20 * (r() - 0.5), 0, 100), 1),
  },
  {
    ...{ metric: 'memory_usage', unit: '%', share: 10, start: 50 },
    step: (v, r) => decimals(within(v + 0.5 * (r() - 0.5), 0, 100), 2),
  },
  {
    ...{ metric: 'temperature', unit: '°C', share: 8, start: 40 },
    step: (v, r) => (r() < 0.2 ? decimals(v + (r() - 0.5), 1) : v),
  },
  {
    ...{ metric: 'latency', unit: 'ms', share: 12, start: 20 },
    step: (_, r) =>
      decimals(20 + 3 * Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(6.2832 * r()), 3),
  },
  {
    ...{ metric: 'in_rate', unit: 'bit/s', share: 30, start: 1e6 },
    step: (v, r) => Math.round(within(v * (0.8 + 0.4 * r()), 1e3, 1e8)),
  },
  {
    ...{ metric: 'interface_up', unit: '1', share: 10, start: 1 },
    step: (v, r) => (r() < 0.001 ? 1 - v : v),
  },
  {
    ...{ metric: 'disk_usage', unit: '%', share: 7, start: 30 },
    step: (v, r) => (r() < 0.01 ? decimals(within(v + 0.1 * r(), 0, 100), 1) : v),
  },
  { metric: 'interface_speed', unit: 'bit/s', share: 8, start: 1e9, step: (v) => v },
];

/** Random numbers of 0 to 1, the same for the same seed (Park and Miller 1988). */
function numbers(seed: number): () => number {
  let n = seed;
  return () => (n = (n * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A day's polls until `end` in ms since the Unix epoch: each the readings of all series, in order. */
export function* polls(series: number, end: number): Generator<Reading[], void> {
  const random = numbers(20_261_128);
  const all = Array.from({ length: series }, (_, i) => {
    let left = i % 100;
    const kind = kinds.find(({ share }) => (left -= share) < 0)!;
    const labels = {
      device: `device-${Math.floor(i / perPoll)}`,
      interface: `port-${i % perPoll}`,
    };
    return { kind, labels, value: kind.start };
  });
  for (let at = end - dayMs; at < end; at += pollMs) {
    const poll: Reading[] = [];
    let time = at;
    for (const [i, one] of all.entries()) {
      if (i % perPoll === 0) time = at + Math.floor(random() * 20);
      one.value = one.kind.step(one.value, random);
      const { metric, unit } = one.kind;
      poll.push({ metric, value: one.value, unit, time, labels: one.labels });
    }
    yield poll;
  }
}
