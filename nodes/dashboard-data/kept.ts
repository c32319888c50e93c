import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { deviceStates } from './device-state.ts';
import type { KeptDevice, KeptState } from './network-state.ts';

/** Reads what was kept over a restart. Throws a FieldProblem where it is nothing that was kept. */
export function readKept(value: unknown): KeptState {
  const raw = check.object('state', value);
  return {
    devices: check.array('devices', raw.devices).map((one, i) => device(`devices[${i}]`, one)),
    ended: check.array('ended', raw.ended).map((one, i) => toAlert(`ended[${i}]`, one)),
  };
}

function device(where: string, value: unknown): KeptDevice {
  const { name, state, since, linked } = check.object(where, value);
  const ports = check.array(check.join(where, 'linked'), linked);
  return {
    name: String(name),
    ...(state !== undefined && {
      state: check.oneOf(check.join(where, 'state'), state, deviceStates),
    }),
    since: typeof since === 'number' && Number.isFinite(since) ? since : null,
    linked: ports.map(String),
  };
}
