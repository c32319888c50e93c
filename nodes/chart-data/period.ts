import { readLength } from '../shared/history/request.ts';
import { FieldProblem } from '../shared/problem.ts';

const minute = 60_000;
const year = 366 * 24 * 60 * minute;

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
