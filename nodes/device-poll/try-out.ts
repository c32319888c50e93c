import { setTimeout as wait } from 'node:timers/promises';
import { Access } from '../device-access/access.ts';
import type { AccessConfig } from '../device-access/config.ts';
import type { Secrets, Transports } from '../device-access/protocols/protocol.ts';
import type { Reading } from '../shared/reading.ts';
import type { Translate } from '../shared/problem.ts';
import type { Device } from './devices.ts';
import { type Mapping, type Outcome, PolledDevice } from './poll.ts';

/** ms between the two polls of a try, so that counts show their rates */
const between = 1000;

/** What the dialog's Test button sends. */
export interface TryOutRequest {
  device: Device;
  mapping: string;
  mappingType: string;
  /** the fields of the device access as the editor has them, and the secrets typed since */
  access: AccessConfig & { id: string; credentials?: Secrets };
}

/** What it gets. */
export interface TryOutAnswer {
  readings: Reading[];
  /** what was left out, in words */
  problem?: string;
}

/**
 * Polls one device twice with settings that need not be deployed. Rejects with its problem where it
 * does not answer properly.
 */
export async function tryOut(
  device: Device,
  access: Pick<Access, 'poll'>,
  mapping: Mapping,
  translate: Translate,
  signal: AbortSignal,
): Promise<Outcome> {
  const polled = new PolledDevice(device, { access, mapping, translate });
  const first = await polled.poll(signal);
  if (!first.up) throw first.problem!;
  await wait(between, undefined, { signal });
  const second = await polled.poll(signal);
  if (!second.up) throw second.problem!;
  return second;
}

/**
 * The access with the settings of a request. A secret that was not typed anew is the stored one.
 * Throws a FieldProblem.
 */
export function accessOf(
  request: TryOutRequest['access'],
  stored: Secrets,
  transports: Transports,
): Access {
  const { user, secret } = request.credentials ?? {};
  const typed = {
    ...(typeof user === 'string' && { user }),
    // The editor has these signs in place of a stored secret.
    ...(typeof secret === 'string' && secret !== '' && secret !== '__PWRD__' && { secret }),
  };
  return new Access(request, { ...stored, ...typed }, transports);
}
