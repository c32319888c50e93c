import * as check from './check.ts';
import { isTimeZone, localTime } from './history/calendar.ts';
import type { LabelFilter } from './match/label-filter.ts';
import { toLabelFilter } from './match/parse-filter.ts';
import { FieldProblem } from './problem.ts';
import { isBlank } from './text.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Monday first, as in ISO 8601 */
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof weekdays)[number];

/**
 * A time in which work is done: nobody is told of the alerts that its matchers take, and availability leaves it out.
 * It is on while the clock on the wall of its time zone shows a time within it. So it begins when the clock does,
 * where daylight saving leaves out the time before; and it is on twice, where the same time comes twice.
 */
export interface MaintenanceWindow {
  name: string;
  matchers: LabelFilter;
  /** an IANA name; an empty text is this machine's own */
  timeZone: string;
  /** the days on which a weekly one begins; none where it comes once */
  days: readonly Weekday[];
  /** ms: of a weekly one since midnight, else as if universal time were local */
  from: number;
  to: number;
}

/** One as typed or sent. */
export interface MaintenanceInput {
  name: string;
  matchers?: string;
  timeZone?: string;
  /** `sat, sun`, or `mon-fri`; empty for one that comes once */
  days?: string;
  /** `22:00` of a weekly one, `2026-11-25 22:00` of one that comes once */
  from: string;
  to: string;
}

export const maintenanceFields = [
  ...(['name', 'matchers', 'timeZone', 'days', 'from', 'to'] as const),
] satisfies (keyof MaintenanceInput)[];

/** Checks one maintenance window. Throws a FieldProblem. */
function checkMaintenance(where: string, value: unknown): MaintenanceWindow {
  const raw = check.object(where, value, maintenanceFields);
  const at = (name: keyof MaintenanceInput) => check.join(where, name);
  const timeZone = isBlank(raw.timeZone) ? '' : String(raw.timeZone).trim();
  if (!isTimeZone(timeZone)) throw new FieldProblem(at('timeZone'), 'timeZone', raw.timeZone);
  const days = isBlank(raw.days) ? [] : toDays(at('days'), raw.days);
  const time = days.length > 0 ? toTimeOfDay : localDateTime;
  const window: MaintenanceWindow = {
    name: check.text(at('name'), raw.name, { max: 200 }).trim(),
    matchers: toLabelFilter(at('matchers'), raw.matchers),
    timeZone,
    days,
    from: time(at('from'), raw.from),
    to: time(at('to'), raw.to),
  };
  if (days.length === 0 && window.to <= window.from) {
    throw new FieldProblem(at('to'), 'afterStart', raw.to);
  }
  return window;
}

/** Checks one of a list, and that none of `names` is its own; then adds it to them. Throws a FieldProblem. */
export function checkUniqueMaintenance(
  where: string,
  value: unknown,
  names: Set<string>,
): MaintenanceWindow {
  const window = checkMaintenance(where, value);
  if (names.has(window.name)) {
    throw new FieldProblem(check.join(where, 'name'), 'unique', window.name);
  }
  names.add(window.name);
  return window;
}

/** Whether a window is on at a time, ms since the Unix epoch. */
export function isOn({ timeZone, days, from, to }: MaintenanceWindow, date: number): boolean {
  const local = localTime(date, timeZone);
  if (days.length === 0) return from <= local && local < to;
  const time = ((local % day) + day) % day;
  // The first day of the Unix epoch was a Thursday.
  const today = (Math.floor(local / day) + 3) % 7;
  const begins = (weekday: number) => days.includes(weekdays[(weekday + 7) % 7]!);
  if (from < to) return begins(today) && from <= time && time < to;
  // Over midnight it is still the one that began the day before.
  return (begins(today) && time >= from) || (begins(today - 1) && time < to);
}

/** When to look again whether windows are on: they begin and end with whole minutes of any time zone. */
export function nextLook(windows: readonly MaintenanceWindow[], date: number): number {
  return windows.length === 0 ? Infinity : (Math.floor(date / minute) + 1) * minute;
}

function toDays(field: string, value: unknown): Weekday[] {
  const fail = () => new FieldProblem(field, 'weekdays', value);
  if (typeof value !== 'string') throw fail();
  const index = (name: string) => {
    const found = weekdays.indexOf(name.trim().toLowerCase().slice(0, 3) as Weekday);
    if (found < 0) throw fail();
    return found;
  };
  const found = new Set<number>();
  for (const part of value.split(',')) {
    const [first, last, ...more] = part.split('-');
    if (more.length > 0) throw fail();
    const from = index(first!);
    const to = last === undefined ? from : index(last);
    for (let i = from; ; i = (i + 1) % 7) {
      found.add(i);
      if (i === to) break;
    }
  }
  return [...found].sort((a, b) => a - b).map((i) => weekdays[i]!);
}

/** Reads a time of day such as `22:00`, ms since midnight; `24:00` is its end. Throws a FieldProblem. */
export function toTimeOfDay(field: string, value: unknown): number {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(String(value)) ?? [];
  if (hours === undefined || Number(hours) > 24 || Number(minutes) > 59) {
    throw new FieldProblem(field, 'timeOfDay', value);
  }
  const time = (Number(hours) * 60 + Number(minutes)) * minute;
  if (time > day) throw new FieldProblem(field, 'timeOfDay', value);
  return time;
}

function localDateTime(field: string, value: unknown): number {
  const [, date, time] = /^\s*(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\s*$/.exec(String(value)) ?? [];
  const parsed = date === undefined ? Number.NaN : Date.parse(`${date}T${time}:00Z`);
  // Dates such as 30 February are taken for another one.
  if (Number.isNaN(parsed) || !new Date(parsed).toISOString().startsWith(date!)) {
    throw new FieldProblem(field, 'localDateTime', value);
  }
  return parsed;
}
