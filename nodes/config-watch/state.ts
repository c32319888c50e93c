import * as check from '../shared/check.ts';
import { type Device, toDevice } from '../shared/devices/devices.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { FieldProblem } from '../shared/problem.ts';
import type { DeviceState } from './config-watch.ts';
import type { OpenAlert } from './watch-alerts.ts';

/** What a restart must not lose, as it stands in the state file. */
export interface State {
  version: 1;
  devices: Record<string, DeviceState>;
  learned: Device[];
  alerts: OpenAlert[];
  /** hex digits: what secrets are marked with, where Node-RED has no credential secret */
  maskKey?: string;
}

/**
 * Takes a state file's content; what is damaged in a single entry costs only that one. Throws a FieldProblem where it
 * is none.
 * @param problems takes what was left out
 */
export function decode(value: unknown, problems: Error[] = []): State {
  const raw = check.object('state', value);
  if (raw.version !== 1) throw new FieldProblem('version', 'oneOf', raw.version, { words: '1' });
  const attempt = <Result>(take: () => Result): Result[] => {
    try {
      return [take()];
    } catch (error) {
      problems.push(error as Error);
      return [];
    }
  };
  const list = (name: string) => check.array(name, raw[name]);
  const devices = Object.entries(check.object('devices', raw.devices));
  return {
    version: 1,
    devices: Object.fromEntries(
      devices.flatMap(([name, one]) => attempt(() => [name, toDeviceState(name, one)] as const)),
    ),
    learned: list('learned').flatMap((one) => attempt(() => toDevice(one))),
    alerts: list('alerts').flatMap((one, i) => attempt(() => toOpenAlert(`alerts[${i}]`, one))),
    ...(typeof raw.maskKey === 'string' && { maskKey: raw.maskKey }),
  };
}

function toDeviceState(where: string, value: unknown): DeviceState {
  const { address, hostKey, triedAt, fetchedAt, failing } = check.object(where, value);
  const time = (name: string, given: unknown) =>
    given === undefined ? {} : { [name]: check.number(`${where}.${name}`, given) };
  return {
    address: check.text(`${where}.address`, address),
    ...(typeof hostKey === 'string' && { hostKey }),
    ...time('triedAt', triedAt),
    ...time('fetchedAt', fetchedAt),
    ...((failing === 'passing' || failing === 'lasting') && { failing }),
  };
}

function toOpenAlert(where: string, value: unknown): OpenAlert {
  const { rule } = check.object(where, value);
  return { ...toAlert(where, value), ...(typeof rule === 'string' && { rule }) };
}
