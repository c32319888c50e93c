import { toAlert, type Alert } from '../shared/alert.ts';
import * as check from '../shared/check.ts';
import type { MailedState } from './mailed-alerts.ts';
import type { Waiting } from './retry-queue.ts';

/** A mail that waits: what it tells of, and the id it keeps over all its tries. */
export interface Item {
  topics: Topic[];
  messageId: string;
}

/** An alert, and the id of the mail that first told of it where that is another one. */
export interface Topic {
  alert: Alert;
  after?: string;
}

/** What must outlive a restart. */
export interface MailerState {
  queue: Waiting<Item>[];
  mailed: MailedState;
}

/** Takes a kept state. Throws where it is none. */
export function toMailerState(value: unknown): MailerState {
  const raw = check.object('state', value);
  return {
    queue: check.array('queue', raw.queue).map((one) => {
      const { item, since, tries } = check.object('queue', one);
      const { topics, messageId } = check.object('item', item);
      return {
        item: {
          topics: check.array('topics', topics).map(toTopic),
          messageId: check.text('messageId', messageId),
        },
        since: check.number('since', since),
        tries: check.number('tries', tries),
      };
    }),
    mailed: check.array('mailed', raw.mailed).map((one) => {
      const [fingerprint, mailed] = check.array('mailed', one);
      const { startsAt, messageId } = check.object('mailed', mailed);
      return [
        check.text('fingerprint', fingerprint),
        {
          startsAt: check.number('startsAt', startsAt),
          messageId: check.text('messageId', messageId),
        },
      ];
    }),
  };
}

function toTopic(value: unknown): Topic {
  const { alert, after } = check.object('topic', value);
  const topic = { alert: toAlert('alert', alert) };
  return after === undefined ? topic : { ...topic, after: check.text('after', after) };
}
