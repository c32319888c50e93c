import * as check from '../shared/check.ts';
import { FieldProblem } from '../shared/problem.ts';
import { oneLine } from '../shared/text.ts';

const longest = 10_000;

/** The group that alerts were put together in before they came: one mail, and one conversation. */
export interface AlertGroup {
  /** what all mails of the group share */
  key: string;
  /** of what is told this time: the same where it comes again after a crash; empty where that is unknown */
  id: string;
  /** as people read it; empty where it has no name */
  name: string;
  /** why somebody is told, such as `repeat`; empty where that is unknown */
  reason: string;
  /** whether none of its alerts fires any more */
  isOver: boolean;
}

/**
 * The group of a message, as **alert manager** sends it; undefined where there is none.
 * @param topic the group's name
 * @throws FieldProblem of a group that is none
 */
export function toAlertGroup(value: unknown, topic: unknown): AlertGroup | undefined {
  if (value === undefined || value === null) return undefined;
  const raw = check.object('group', value);
  return {
    key: groupKey(check.join('group', 'key'), raw.key),
    id: typeof raw.id === 'string' ? raw.id.slice(0, 200) : '',
    name: typeof topic === 'string' ? oneLine(topic) : '',
    reason: typeof raw.reason === 'string' ? raw.reason : '',
    isOver: raw.status === 'resolved',
  };
}

/** Checks the key of a group: any text, since nobody reads it. Throws a FieldProblem. */
export function groupKey(field: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new FieldProblem(field, 'text', value);
  if (value.length > longest) throw new FieldProblem(field, 'shorter', value, { max: longest });
  return value;
}
