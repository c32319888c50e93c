import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { toLinks } from './action-links.ts';
import { type AlertGroup, groupKey } from './alert-group.ts';
import type { LimitState } from './mail-limit.ts';
import type { MailedState } from './mailed-alerts.ts';
import type { SummaryPeriod } from './summary-schedule.ts';
import type { Omitted, Topic, WaitingMail } from './waiting-mail.ts';

/** The mails that began the conversations of groups, by the groups' keys. */
export type ThreadsState = [key: string, messageId: string][];

/** What must outlive a restart. */
export interface MailerState {
  /** those that were tried may have been taken by the server: under their ids nothing else may come */
  queue: { item: WaitingMail; tried: boolean }[];
  mailed: MailedState;
  threads: ThreadsState;
  /** the ids of what was told of groups, the oldest first */
  told: string[];
  limit?: LimitState | undefined;
  /** when the last summary was due, in ms since the Unix epoch */
  summarized?: number | undefined;
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
  const toQueued = (one: unknown): { item: WaitingMail; tried: boolean } => {
    const { item, tried } = check.object('queue', one);
    const { topics, omitted, messageId, ...more } = check.object('item', item);
    const { only, group, thread, summary, isDigest } = more;
    return {
      item: {
        messageId: check.text('messageId', messageId),
        topics: each('topics', topics, toTopic),
        omitted: each('omitted', omitted ?? [], toOmitted),
        ...(only !== undefined && { only: check.text('only', only) }),
        ...(group !== undefined && { group: toGroup(group) }),
        ...(thread !== undefined && { thread: check.text('thread', thread) }),
        ...(summary !== undefined && { summary: toPeriod(summary) }),
        ...(isDigest === true && { isDigest }),
      },
      tried: tried !== false,
    };
  };
  return {
    queue: each('queue', raw.queue, toQueued),
    mailed: each('mailed', raw.mailed, toMailed),
    threads: each('threads', raw.threads ?? [], toThread),
    told: each('told', raw.told ?? [], (id) => check.text('told', id)),
    limit: attempt(problems, () => toLimit(raw.limit), undefined),
    summarized: typeof raw.summarized === 'number' ? raw.summarized : undefined,
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
  const { alert, after, links } = check.object('topic', value);
  const known = toLinks(links);
  const topic = { alert: toAlert('alert', alert), ...(known && { links: known }) };
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

function toGroup(value: unknown): AlertGroup {
  const { key, id, name, reason, isOver } = check.object('group', value);
  return {
    key: groupKey('key', key),
    id: typeof id === 'string' ? id : '',
    name: typeof name === 'string' ? name : '',
    reason: typeof reason === 'string' ? reason : '',
    isOver: isOver === true,
  };
}

function toPeriod(value: unknown): SummaryPeriod {
  const { from, to } = check.object('summary', value);
  return { from: check.number('from', from), to: check.number('to', to) };
}

function toMailed(value: unknown): MailedState[number] {
  const [fingerprint, mailed] = check.array('mailed', value);
  const { startsAt, messageId, over } = check.object('mailed', mailed);
  return [
    check.text('fingerprint', fingerprint),
    {
      startsAt: check.number('startsAt', startsAt),
      messageId: check.text('messageId', messageId),
      ...(over === true && { over }),
    },
  ];
}

function toThread(value: unknown): ThreadsState[number] {
  const [key, messageId] = check.array('threads', value);
  return [groupKey('key', key), check.text('messageId', messageId)];
}

function toLimit(value: unknown): LimitState | undefined {
  if (value === undefined) return undefined;
  const { fullAt } = check.object('limit', value);
  return { fullAt: check.number('fullAt', fullAt) };
}
