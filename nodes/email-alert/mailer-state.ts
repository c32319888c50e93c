import type { Alert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import type { MailedState } from './mailed-alerts.ts';
import { toAlert } from '../shared/messages/read-alert.ts';

/** A mail that waits: what it tells of, and the id it keeps over all its tries. */
export interface Item {
  readonly topics: readonly Topic[];
  /** what there was no more room for */
  readonly omitted: readonly Omitted[];
  readonly messageId: string;
  /** the one recipient it is still to go to, where the others have it */
  readonly only?: string;
}

/** An alert, and the id of the mail that first told of it where that is another one. */
export interface Topic {
  readonly alert: Alert;
  readonly after?: string;
}

/** How many alerts of one rule a mail does not list. */
export interface Omitted {
  readonly name: string;
  readonly firing: number;
  readonly resolved: number;
}

/** How many alerts a mail does not list. */
export function count(omitted: readonly Omitted[]): number {
  return omitted.reduce((sum, { firing, resolved }) => sum + firing + resolved, 0);
}

/** What must outlive a restart. */
export interface MailerState {
  queue: { item: Item }[];
  mailed: MailedState;
}

/**
 * Takes a kept state. Throws where it is none; what is damaged within it costs no more than itself.
 * @param problems gets what was left out
 */
export function toMailerState(value: unknown, problems: Error[]): MailerState {
  const raw = check.object('state', value);
  const each = <T>(field: string, list: unknown, take: (one: unknown) => T) =>
    attempt(problems, () => check.array(field, list), []).flatMap((one) =>
      attempt(problems, () => [take(one)], []),
    );
  const toItem = (one: unknown): { item: Item } => {
    const { item } = check.object('queue', one);
    const { topics, omitted, messageId, only } = check.object('item', item);
    return {
      item: {
        messageId: check.text('messageId', messageId),
        topics: each('topics', topics, toTopic),
        omitted: each('omitted', omitted ?? [], toOmitted),
        ...(only !== undefined && { only: check.text('only', only) }),
      },
    };
  };
  return {
    queue: each('queue', raw.queue, toItem),
    mailed: each('mailed', raw.mailed, toMailed),
  };
}

function attempt<T>(problems: Error[], take: () => T, otherwise: T): T {
  try {
    return take();
  } catch (error) {
    problems.push(error as Error);
    return otherwise;
  }
}

function toTopic(value: unknown): Topic {
  const { alert, after } = check.object('topic', value);
  const topic = { alert: toAlert('alert', alert) };
  return after === undefined ? topic : { ...topic, after: check.text('after', after) };
}

function toOmitted(value: unknown): Omitted {
  const { name, firing, resolved } = check.object('omitted', value);
  return {
    name: check.text('name', name),
    firing: check.number('firing', firing),
    resolved: check.number('resolved', resolved),
  };
}

function toMailed(value: unknown): MailedState[number] {
  const [fingerprint, mailed] = check.array('mailed', value);
  const { startsAt, messageId } = check.object('mailed', mailed);
  return [
    check.text('fingerprint', fingerprint),
    { startsAt: check.number('startsAt', startsAt), messageId: check.text('messageId', messageId) },
  ];
}
