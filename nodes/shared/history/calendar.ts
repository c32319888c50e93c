const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Whether this machine knows a time zone, such as `Europe/Berlin`; an empty text is this machine's own. */
export function isTimeZone(zone: string): boolean {
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

/** The begin of the day, week (Monday, ISO 8601), month or year that a time is in, in a time zone. */
export function beginOf(
  unit: 'day' | 'week' | 'month' | 'year',
  time: number,
  zone: string,
): number {
  const local = localTime(time, zone);
  const date = new Date(local);
  const midnight = Date.UTC(
    date.getUTCFullYear(),
    unit === 'year' ? 0 : date.getUTCMonth(),
    unit === 'year' || unit === 'month' ? 1 : date.getUTCDate(),
  );
  const weekday = (date.getUTCDay() + 6) % 7;
  return universalTime(unit === 'week' ? midnight - weekday * day : midnight, zone);
}

/** The same time of day so many days later, over a change to or from daylight saving time too. */
export function addDays(time: number, days: number, zone: string): number {
  return universalTime(localTime(time, zone) + days * day, zone);
}

/**
 * When a clock on the wall shows a time of day, on the day that a time is in; what it shows instead where it is set
 * forward over that.
 * @param ms since midnight
 */
export function atTimeOfDay(time: number, ms: number, zone: string): number {
  return universalTime(localTime(beginOf('day', time, zone), zone) + ms, zone);
}

/**
 * The edges of steps that cover a span, so that each begins where people expect it: at whole hours, at
 * midnight, on Mondays.
 * @param step in ms
 */
export function stepEdges(from: number, to: number, step: number, zone: string): Float64Array {
  const edges: number[] = [];
  if (step % day === 0) {
    const days = step / day;
    let edge = beginOf(days === 7 ? 'week' : 'day', from, zone);
    for (; edge < to; edge = addDays(edge, days, zone)) edges.push(edge);
    edges.push(edge);
  } else {
    // Zones differ by quarters of an hour, hours by the zone.
    const offset = step > hour / 4 ? localTime(from, zone) - from : 0;
    let edge = Math.floor((from + offset) / step) * step - offset;
    for (; edge < to; edge += step) edges.push(edge);
    edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** steps that people can read off an axis, in ms */
const usualSteps = [
  ...[10, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 7].map((n) => n * day),
];

/** The smallest usual step, in ms, with which a span has at most so many. */
export function usualStep(span: number, most: number): number {
  return usualSteps.find((step) => span / step <= most) ?? Math.ceil(span / most / day) * day;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (!known) {
    known = new Intl.DateTimeFormat('en-US', {
      ...(zone !== '' && { timeZone: zone }),
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    formatters.set(zone, known);
  }
  return known;
}

/** What a clock on the wall shows in a time zone, as if it were universal time: ms since the Unix epoch. */
export function localTime(time: number, zone: string): number {
  const parts = Object.fromEntries(
    formatter(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute, second } = parts;
  const ms = ((time % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + ms;
}

// The first time at which a clock on the wall shows `local`, or what it shows instead.
function universalTime(local: number, zone: string): number {
  const guess = local - (localTime(local, zone) - local);
  // The offset there may be another.
  return local - (localTime(guess, zone) - guess);
}
