import type { NodeMessage } from 'node-red';
import type { Alert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import type { Message } from '../shared/red/adapter.ts';

/** A message on one output, as `send` takes it. */
export function onOutput(output: number, message: NodeMessage): (NodeMessage | null)[] {
  return [...Array.from({ length: output }, () => null), message];
}

/** What a command takes. Whom Dashboard 2 knows has signed in there: that counts more than what somebody typed. */
export function signed({ command, payload, _client }: Message): unknown {
  const { user } = (_client ?? {}) as { user?: { name?: unknown; username?: unknown } };
  const names = [user?.name, user?.username];
  const by = names.find((name): name is string => typeof name === 'string' && name.trim() !== '');
  const field = { acknowledge: 'by', silence: 'createdBy' }[String(command)];
  if (by === undefined || field === undefined || typeof payload !== 'object') return payload;
  return { ...payload, [field]: by };
}

/** Whether a value is meant as an alert. */
export function isAlert(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && 'state' in value;
}

/** Whether a message has a list of alerts. One of all alerts of its sender may be empty. */
export function hasAlerts({ payload, topic, source }: Message): boolean {
  if (!Array.isArray(payload)) return false;
  if (payload.length === 0) return topic === 'alerts' || typeof source === 'string';
  return payload.some(isAlert);
}

/** The good alerts of a list, and a problem for each bad one. */
export function readAlerts(payload: readonly unknown[]): { alerts: Alert[]; problems: Error[] } {
  const problems: Error[] = [];
  const alerts = payload.flatMap((value, i) => {
    try {
      return [toAlert(check.join('payload', i), value)];
    } catch (error) {
      problems.push(error as Error);
      return [];
    }
  });
  return { alerts, problems };
}
