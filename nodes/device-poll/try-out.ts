import { setTimeout as wait } from 'node:timers/promises';
import type { Reading } from '../contract/reading.ts';
import type { EditedAccess } from '../device-access/edited-access.ts';
import type { Device } from '../shared/devices/devices.ts';
import type { Translate } from '../shared/problem.ts';
import { type Outcome, type PollAccess, PolledDevice } from './poll.ts';
import type { ResultSummary } from './result-summary.ts';

/** ms between the two polls of a try, so that counts show their rates */
const between = 1000;

/** What the dialog's Test button sends. */
export interface TryOutRequest {
  device: Device;
  /** with the mapping of the device poll, where it has one of its own */
  access: EditedAccess;
}

/** What it gets. */
export interface TryOutAnswer {
  summary: ResultSummary;
  /** the first of the readings */
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
  access: PollAccess,
  translate: Translate,
  signal: AbortSignal,
): Promise<Outcome> {
  const polled = new PolledDevice(device, { access, translate });
  const first = await polled.poll(signal);
  if (!first.up) throw first.problem!;
  await wait(between, undefined, { signal });
  const second = await polled.poll(signal);
  if (!second.up) throw second.problem!;
  return second;
}
