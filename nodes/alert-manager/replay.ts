import type { PastAlert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { AlertManager, type Options } from './alert-manager.ts';
import type { Notification } from './notification.ts';

/** A notification that would have gone out. */
export interface PastNotification {
  /** ms since the Unix epoch */
  at: number;
  receiver: string;
  topic: string;
  reason: Notification['group']['reason'];
  /** how many alerts it would have told of */
  firing: number;
  resolved: number;
}

/** What threshold check answers to `msg.replay`. */
export interface Replayed {
  from: number;
  to: number;
  alerts: readonly PastAlert[];
}

/** Checks an answer of threshold check to `msg.replay`. Throws a FieldProblem. */
export function toReplayed(field: string, value: unknown): Replayed {
  const raw = check.object(field, value);
  const at = (name: string) => check.join(field, name);
  return {
    from: check.number(at('from'), raw.from),
    to: check.number(at('to'), raw.to),
    alerts: check.array(at('alerts'), raw.alerts).map((item, i) => {
      const where = check.join(at('alerts'), i);
      const { at: time } = check.object(where, item);
      return { ...toAlert(where, item), at: check.number(check.join(where, 'at'), time) };
    }),
  };
}

/** Handles changes of the past as if they came anew, and sends nothing. Yields after each. */
export function* replay(
  { from, to, alerts }: Replayed,
  options: Pick<Options, 'configuration' | 'texts'>,
): Generator<void, PastNotification[]> {
  const told: PastNotification[] = [];
  let now = from;
  const moment = () => ({ now, date: now });
  const note = ({ notifications }: { notifications: Notification[] }) => {
    for (const { receiver, topic, group } of notifications) {
      const { reason, firing, resolved } = group;
      told.push({ at: now, receiver, topic, reason, firing, resolved });
    }
  };
  const manager = new AlertManager({ ...options, now: moment() });
  const elapse = function* (until: number) {
    for (;;) {
      const wake = now + manager.wakeIn(moment());
      if (!(wake <= until)) break;
      now = wake;
      note(manager.elapse(moment()));
      yield;
    }
    now = Math.max(now, until);
  };
  for (const { at, ...alert } of alerts) {
    yield* elapse(at);
    note(manager.take([alert], moment()));
    yield;
  }
  yield* elapse(to);
  return told;
}
