import { addDays, atTimeOfDay, beginOf } from '../shared/history/calendar.ts';

export const summaries = ['never', 'day', 'week'] as const;

export const summaryDays = [
  ...(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const),
] as const;

/** When summaries are sent. */
export interface SummarySchedule {
  every: 'day' | 'week';
  /** of the weekly one */
  day: (typeof summaryDays)[number];
  /** ms since midnight */
  timeOfDay: number;
  /** IANA name of the time zone; empty for this machine's */
  zone: string;
}

/** What a summary is about: ms since the Unix epoch. It is due at its end. */
export interface SummaryPeriod {
  from: number;
  to: number;
}

/** The last summary that was due by now. @param now ms since the Unix epoch */
export function lastDue(schedule: SummarySchedule, now: number): SummaryPeriod {
  const { every, zone } = schedule;
  const days = every === 'week' ? 7 : 1;
  const begin = beginOf(every, now, zone);
  const at = (periods: number) => due(schedule, addDays(begin, periods * days, zone));
  const to = at(0) <= now ? 0 : -1;
  return { from: at(to - 1), to: at(to) };
}

/** When the next summary is due. @param now ms since the Unix epoch */
export function nextDue(schedule: SummarySchedule, now: number): number {
  const days = schedule.every === 'week' ? 7 : 1;
  const { to } = lastDue(schedule, now);
  return due(schedule, addDays(beginOf(schedule.every, to, schedule.zone), days, schedule.zone));
}

function due({ every, day, timeOfDay, zone }: SummarySchedule, begin: number): number {
  const days = every === 'week' ? summaryDays.indexOf(day) : 0;
  return atTimeOfDay(addDays(begin, days, zone), timeOfDay, zone);
}
