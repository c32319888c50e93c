import { createHash } from 'node:crypto';
import { addDays, atTimeOfDay } from '../shared/history/calendar.ts';

/** When configurations are fetched without anybody asking; in ms. */
export type FetchSchedule =
  | { every: number }
  /** each day at a time of day, the devices spread over so long after it */
  | { at: number; spread: number }
  | undefined;

/**
 * When the configuration of a device is to be fetched next, in ms since the Unix epoch: at once where it never was, or
 * where its time has passed meanwhile. Infinity where there is no schedule.
 * @param last when somebody last tried
 * @param place of the device among all, from 0 on and below 1; see {@link placeOf}
 */
export function nextFetch(
  schedule: FetchSchedule,
  last: number | undefined,
  now: number,
  place: number,
): number {
  if (!schedule) return Infinity;
  if (last === undefined) return now;
  // The clock on the wall may have been set back since.
  const since = Math.min(last, now);
  if ('every' in schedule) return Math.max(now, since + schedule.every);
  const offset = Math.floor(place * schedule.spread);
  const onDayOf = (time: number) => atTimeOfDay(time, schedule.at, '') + offset;
  // What is spread over midnight belongs to the day before.
  const days = [-1, 0, 1].map((days) => onDayOf(addDays(since, days, '')));
  return Math.max(
    now,
    days.find((due) => due > since)!,
  );
}

/** The place of a device among all that are spread over a time: always the same for a name, and even for many. */
export function placeOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}
