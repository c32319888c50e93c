import type { Alert } from '../../contract/alert.ts';
import { readRequest, requestDefaults } from '../history/request.ts';
import { FieldProblem } from '../problem.ts';

/** A span of time and when the time before it begins, ms since the Unix epoch. */
export interface Span {
  before: number;
  from: number;
  to: number;
}

const minute = 60_000;
const hour = 60 * minute;
/** ms that are looked at after an alert began: one that lasts for days is not about what came later */
const mostAfter = 6 * hour;
/** ms of the time before that are looked at at least */
const leastBefore = hour;
/** ms of a span: of less hardly anything is kept */
const shortest = minute;

/**
 * The span that is asked for. Throws a FieldProblem: also of one that has not begun.
 * @param asked as a dialog or a message has it @param times how many times as long the time before is
 * @param now ms since the Unix epoch
 */
export function askedSpan(
  asked: { metrics: string; labels: string; from: string | number; to: string | number },
  times: number,
  now: number,
): Span {
  const { from, to } = readRequest({ ...requestDefaults, ...asked, step: 'raw' }, now).query;
  if (from >= now) throw new FieldProblem('from', 'pastTime', asked.from);
  return withBefore(from, Math.max(from + shortest, Math.min(to, now)), times);
}

/**
 * The span in which what led to an alert may be: from a little before its start until it ended, or until now.
 * @param lead ms before its start @param now ms since the Unix epoch
 */
export function alertSpan(
  { startsAt, endsAt = Infinity }: Pick<Alert, 'startsAt' | 'endsAt'>,
  { lead, times }: { lead: number; times: number },
  now: number,
): Span {
  // A clock may have been set since.
  const start = Math.min(startsAt, now);
  const to = Math.min(now, Math.max(start, endsAt), start + mostAfter);
  return withBefore(start - lead, to, times);
}

/** A span with the time before it, so many times as long. */
export function withBefore(from: number, to: number, times: number): Span {
  return { before: from - Math.max(times * (to - from), leastBefore), from, to };
}
