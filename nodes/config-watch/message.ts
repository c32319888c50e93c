import { alertStates, eventMetrics } from '../contract/alert.ts';
import type { Reading } from '../contract/reading.ts';
import * as check from '../shared/check.ts';
import { readReadings } from '../shared/messages/read-readings.ts';
import { FieldProblem } from '../shared/problem.ts';

/** What a message wants. */
export type Wish =
  /** these devices in the place of those before, then a look at all */
  | { kind: 'devices'; rows: unknown }
  /** a look at some now; at all without */
  | { kind: 'look'; devices?: string[] }
  /** the next host key of devices is theirs */
  | { kind: 'trust'; devices: string[] }
  | { kind: 'readings'; readings: Reading[]; problems: Error[] }
  /** alerts of devices, by their names */
  | { kind: 'alerts'; devices: string[] }
  /** texts in which devices may be named, such as a line of syslog */
  | { kind: 'texts'; texts: string[] };

const commands = ['trust'] as const;
/** parts of an object above which those within them are not looked at */
const mostParts = 200;

/**
 * Reads what a message wants. Throws a FieldProblem.
 * @param message of any flow
 * @param takesDevices whether a message may bring devices
 */
export function wishOf(
  message: Readonly<Record<string, unknown>>,
  takesDevices: boolean,
  now: number,
): Wish {
  const { payload, topic, device, command } = message;
  const devices = device === undefined ? undefined : namesOf('device', device);
  if (command !== undefined) {
    check.oneOf('command', command, commands);
    if (!devices) throw new FieldProblem('device', 'text', device);
    return { kind: 'trust', devices };
  }
  if (devices) return { kind: 'look', devices };
  if (Array.isArray(payload) && payload.length > 0 && payload.every(isAlert)) {
    return { kind: 'alerts', devices: payload.flatMap(deviceOf) };
  }
  if (isAlert(payload)) return { kind: 'alerts', devices: deviceOf(payload) };
  if (isReading(payload) || (Array.isArray(payload) && payload.some(isReading))) {
    return { kind: 'readings', ...readReadings(payload, topic, now) };
  }
  if (takesDevices && Array.isArray(payload)) return { kind: 'devices', rows: payload };
  if (message.devices !== undefined && takesDevices) {
    return { kind: 'devices', rows: message.devices };
  }
  const texts = textsIn(payload);
  return texts.length > 0 ? { kind: 'texts', texts } : { kind: 'look' };
}

interface AlertLike {
  labels: Record<string, unknown>;
  metric: unknown;
  state: unknown;
}

function isAlert(value: unknown): value is AlertLike {
  return isObject(value) && alertStates.includes(value.state as never) && isObject(value.labels);
}

// Those of a configuration are of what is known already.
function deviceOf({ labels, metric }: AlertLike): string[] {
  const isOwn = eventMetrics.includes(metric as never);
  return isOwn || typeof labels.device !== 'string' ? [] : [labels.device];
}

function isReading(value: unknown): boolean {
  return isObject(value) && 'metric' in value && 'value' in value;
}

function namesOf(field: string, value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map((name) =>
    check.text(field, name, { max: 200 }).trim(),
  );
}

function textsIn(payload: unknown): string[] {
  const texts: string[] = [];
  const open = [payload];
  for (const one of open) {
    if (typeof one === 'string' && one.trim() !== '') texts.push(one);
    if (open.length > mostParts) continue;
    if (isObject(one)) open.push(...Object.values(one));
    else if (Array.isArray(one)) open.push(...(one as unknown[]));
  }
  return texts;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
