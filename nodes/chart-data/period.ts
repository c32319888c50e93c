import { readLength } from '../shared/history/request.ts';
import { FieldProblem } from '../shared/problem.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 366 * day;

/**
 * The time that a message wants a line chart to look back, in ms: a length such as `15m`, `24h` or `7d`, or a
 * number of ms; from a minute to a year. Throws a FieldProblem.
 */
export function readPeriod(value: unknown): number {
  const length = typeof value === 'string' ? readLength(value.replaceAll(' ', '')) : value;
  if (typeof length !== 'number' || !(length >= minute && length <= year)) {
    throw new FieldProblem('msg.period', 'period', value);
  }
  return length;
}

/** A period in ms as {@link readPeriod} takes it: `15m`, `24h`, `7d`; ms where it is no whole number of minutes. */
export function writePeriod(period: number): string | number {
  if (period % day === 0 && period > day) return `${period / day}d`;
  if (period % hour === 0) return `${period / hour}h`;
  if (period % minute === 0) return `${period / minute}m`;
  return period;
}
