import type { Reading } from '../../nodes/contract/reading.ts';

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;
const series = 32;

/**
 * What is written at a time, and how long it is kept.
 * @param now ms since the Unix epoch
 */
export function written(now: number) {
  const begin = now - 12 * hour;
  const ages = { raw: 30 * day, '5m': 60 * day, '1h': 90 * day };
  // Old files go at each start, where all that is checked is in the file of this week.
  const size = begin > Math.floor(now / week) * week ? 1e5 : 1e12;
  return { begin, retention: { ages, size } };
}

/** The reading of a number, which is its value: one in 16 is old. */
export function readingOf(number: number, begin: number): Reading {
  const isOld = number % 16 === 15;
  return {
    metric: isOld ? 'old' : 'recent',
    value: number,
    unit: '1',
    time: begin + number * 25 - (isOld ? 25 * day : 0),
    labels: { device: String(number % series) },
  };
}
