import { type Alert, severities } from '../contract/alert.ts';
import type { Suspect } from '../contract/changes.ts';
import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';

/** alerts of one message that are looked into: the worst of a group tell about the others */
const most = 5;

/** An alert of a message that suspects are looked for. */
export interface Wanted {
  alert: Alert;
  /** its place in a list */
  place: number;
}

/** Whether a message has alerts, or the list of all: then it is passed on, whatever becomes of it here. */
export function hasAlerts(payload: unknown, topic: unknown, more: object): boolean {
  // What is for an alert-manager goes on as well.
  if ('command' in more || 'replay' in more || topic === 'ask') return true;
  if (!Array.isArray(payload)) return isAlert(payload);
  if (payload.length === 0) return topic === 'alerts' || 'source' in more;
  return payload.some(isAlert);
}

/**
 * The alerts of a message that suspects are looked for, the worst first: those that fire and have none yet. A list of all
 * active ones is no news. Also why others cannot be read.
 */
export function wanted(
  payload: unknown,
  topic: unknown,
  more: object,
): { alerts: Wanted[]; problems: Error[] } {
  const problems: Error[] = [];
  const isList = Array.isArray(payload);
  if ('source' in more || (isList && topic === 'alerts')) return { alerts: [], problems };
  const alerts = (isList ? (payload as unknown[]) : [payload]).flatMap((one, place): Wanted[] => {
    if (!isAlert(one)) return [];
    try {
      const alert = toAlert(isList ? check.join('payload', place) : 'payload', one);
      const isNew = alert.state === 'firing' && !alert.event && !alert.suspects;
      return isNew ? [{ alert, place }] : [];
    } catch (error) {
      problems.push(error as Error);
      return [];
    }
  });
  const rank = ({ alert }: Wanted) => severities.indexOf(alert.severity);
  return { alerts: alerts.sort((a, b) => rank(b) - rank(a)).slice(0, most), problems };
}

/** A payload with the suspects that were found, by the places of their alerts. */
export function withSuspects(
  payload: unknown,
  found: ReadonlyMap<number, readonly Suspect[]>,
): unknown {
  const add = (one: unknown, place: number) => {
    const suspects = found.get(place);
    return suspects?.length ? { ...(one as object), suspects } : one;
  };
  return Array.isArray(payload) ? payload.map(add) : add(payload, 0);
}

function isAlert(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && 'state' in value;
}
