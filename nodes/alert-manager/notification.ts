import { createHash } from 'node:crypto';
import type { Alert } from '../contract/alert.ts';
import { oneLine } from '../shared/text.ts';
import type { Links } from './action-link.ts';
import type { Group } from './group.ts';
import type { ManagedAlert } from './managed-alert.ts';
import type { Due, Notices, Reason } from './notices.ts';

/** What a receiver is told. */
export interface Notification {
  receiver: string;
  /** the group in a few words */
  topic: string;
  /** what fires, the worst first, then what is resolved */
  payload: Alert[];
  group: {
    /** the same for all notifications of a group */
    key: string;
    /** of this notification; the same where it has to be made again after a crash */
    id: string;
    labels: Record<string, string>;
    route: string;
    receiver: string;
    status: 'firing' | 'resolved';
    reason: Reason;
    /** how many */
    firing: number;
    resolved: number;
    /** fingerprints of those that are new, worse, flapping or resolved */
    changed: string[];
    /** fingerprints of those that somebody acknowledged */
    acknowledged: string[];
    /** fingerprints of those that flap */
    flapping: string[];
    /** addresses to acknowledge or silence each that fires, by its fingerprint; where people can reach this machine */
    links?: Record<string, Links>;
  };
}

/** Texts in the user's language. */
export interface Texts {
  /** the topic of a group without labels */
  all: string;
  /** the summary of an alert that flaps */
  flapping: (summary: string, changes: number, minutes: number) => string;
}

/** @param notices those of the receiver, after the notification */
export function notificationOf(
  group: Group,
  receiver: string,
  due: Due,
  notices: Notices,
  options: { texts: Texts; flapMinutes: number },
): Notification {
  const firing = due.firing.map((managed) => told(managed, options));
  const payload = [
    ...firing,
    ...due.resolved.map((alert) => ({ ...alert, labels: { ...alert.labels } })),
  ];
  const fingerprints = (which: (managed: ManagedAlert) => boolean) =>
    due.firing.filter(which).map(({ alert }) => alert.fingerprint);
  return {
    receiver,
    topic: topicOf(group, options.texts),
    payload,
    group: {
      key: group.key,
      id: idOf(group, receiver, payload, notices.count),
      labels: { ...group.labels },
      route: group.route,
      receiver,
      status: firing.length > 0 ? 'firing' : 'resolved',
      reason: due.reason,
      firing: firing.length,
      resolved: due.resolved.length,
      changed: due.changed,
      acknowledged: fingerprints(({ acknowledged }) => acknowledged !== undefined),
      flapping: fingerprints(({ flapping }) => flapping.isFlapping),
    },
  };
}

function told(
  { alert, flapping }: ManagedAlert,
  { texts, flapMinutes }: { texts: Texts; flapMinutes: number },
): Alert {
  const copy: Alert = { ...alert, labels: { ...alert.labels }, state: 'firing' };
  delete copy.endsAt;
  if (flapping.isFlapping) {
    copy.summary = texts.flapping(alert.summary, flapping.changes.length, flapMinutes);
  }
  return copy;
}

function topicOf({ labels }: Group, texts: Texts): string {
  const values = Object.values(labels).filter((value) => value !== '');
  return values.length === 0 ? texts.all : oneLine(values.join(' · '), 200);
}

function idOf(group: Group, receiver: string, payload: readonly Alert[], count: number): string {
  const hash = createHash('sha256').update(`${group.key}\0${receiver}\0${count}`);
  for (const { fingerprint, state, severity, startsAt } of payload) {
    hash.update(`\0${fingerprint} ${state} ${severity} ${startsAt}`);
  }
  return hash.digest('hex').slice(0, 24);
}
