import type { Words } from '../words/words.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** ms between two labels of a time axis, in steps that a clock or a calendar has */
const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 4, 6, 12].map((n) => n * hour),
  ...[1, 2, 5, 7, 14, 30].map((n) => n * day),
];

/**
 * Where labels of a time axis stand: at round times of day in the reader's time zone, as many as there is room for.
 * @param least ms that two are at least apart
 */
export function timeTicks(from: number, to: number, least: number): number[] {
  const step = timeSteps.find((one) => one >= least) ?? timeSteps.at(-1)!;
  const begin = new Date(from);
  begin.setHours(0, 0, 0, 0);
  const ticks: number[] = [];
  if (step >= day) {
    // Days have 23 or 25 hours twice a year.
    const days = step / day;
    for (let at = begin; at.getTime() <= to; at.setDate(at.getDate() + days)) {
      if (at.getTime() >= from) ticks.push(at.getTime());
    }
    return ticks;
  }
  for (let time = begin.getTime(); time <= to; time += step) if (time >= from) ticks.push(time);
  return ticks;
}

/** What the ticks say: the time of day, at midnight the day. */
export function tickLabels(ticks: readonly number[], words: Words): string[] {
  return ticks.map((time) => {
    const at = new Date(time);
    const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
    return isMidnight ? words.day(time) : words.clock(time);
  });
}
