import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { readReadings } from '../shared/messages/read-readings.ts';
import type { BookedAlert, Part } from './alert-book.ts';
import { toStatus } from './alert-status.ts';
import type { Moment } from './device-record.ts';
import type { NetworkState } from './network-state.ts';

/**
 * Takes in what a message holds: readings; a change of an alert; or the list of all active ones, which a threshold
 * check sends with the topic `alerts`, and an alert-manager with how it deals with each, a long one in parts.
 * Yields now and then: a collector of flows tells of thousands at once.
 * @returns the problems of what could not be taken in
 */
export function* readMessage(
  state: NetworkState,
  { payload, topic, parts }: { payload?: unknown; topic?: unknown; parts?: unknown },
  now: Moment,
): Generator<void, Error[]> {
  if (
    Array.isArray(payload) &&
    (isAlert(payload[0]) || (payload.length === 0 && topic === 'alerts'))
  ) {
    const list = payload.map((one, i) => toBooked(check.join('payload', i), one));
    const part = topic === 'alerts' ? partOf(parts) : undefined;
    if (part) state.alerts.takePart(list, part, now.date);
    else state.alerts.takeList(list, now.date);
    return [];
  }
  if (isAlert(payload)) {
    state.alerts.take(toBooked('payload', payload));
    return [];
  }
  const { readings, problems } = readReadings(payload, topic, now.date);
  yield* state.taking(readings, now);
  return problems;
}

function partOf(parts: unknown): Part | undefined {
  if (typeof parts !== 'object' || parts === null) return undefined;
  const { id, index, count } = parts as Record<string, unknown>;
  const isPart = typeof id === 'string' && Number.isInteger(index) && Number.isInteger(count);
  return isPart ? { id, index: index as number, count: count as number } : undefined;
}

function toBooked(where: string, value: unknown): BookedAlert {
  const alert = toAlert(where, value);
  const { status } = value as { status?: unknown };
  // Elsewhere a status may be a word.
  if (typeof status !== 'object' || status === null) return alert;
  return { ...alert, status: toStatus(check.join(where, 'status'), status) };
}

function isAlert(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'fingerprint');
}
