import { localTime } from '../calendar.ts';

const hour = 3_600_000;
const hoursOfWeek = 168;
/** from a Monday, 00:00, to the Unix epoch, which was on a Thursday */
const fromMonday = 3 * 24 * hour;

/** The hour of the week in which each time is by a clock on the wall of a time zone: 0 for Monday 00:00 to 01:00. */
export function hoursOfWeekOf(times: Float64Array, zone: string): Uint8Array {
  return Uint8Array.from(times, (time) => {
    const hours = Math.floor((localTime(time, zone) + fromMonday) / hour) % hoursOfWeek;
    return (hours + hoursOfWeek) % hoursOfWeek;
  });
}

/** The day by a clock on the wall that each time is in, as a number that grows by 1 a day. */
export function daysOf(times: Float64Array, zone: string): Float64Array {
  return times.map((time) => Math.floor(localTime(time, zone) / (24 * hour)));
}
