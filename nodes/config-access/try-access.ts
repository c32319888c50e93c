import { randomBytes } from 'node:crypto';
import * as check from '../shared/check.ts';
import type { ConfigurationAccess } from '../shared/configurations/access.ts';
import { readConfiguration } from '../shared/configurations/read-configuration.ts';
import { inSlices } from '../shared/in-slices.ts';
import type { EditedAccess } from './edited-access.ts';

/** What the dialog's Try sends. */
export interface TryRequest {
  address: string;
  access: EditedAccess;
}

/** What it gets: nothing of the configuration itself. */
export interface TryAnswer {
  lines: number;
  /** kB, of what is kept */
  size: number;
  /** s */
  seconds: number;
  /** over SSH */
  hostKey?: string;
}

/** Fetches the configuration of one device. Rejects with a Problem where there is none, or not a whole one. */
export async function tryAccess(
  access: ConfigurationAccess,
  address: unknown,
  signal: AbortSignal,
): Promise<TryAnswer> {
  const device = check.text('address', address).trim();
  const began = performance.now();
  const { running, hostKey } = await access.fetch({ name: device, address: device }, { signal });
  const seconds = (performance.now() - began) / 1000;
  const reading = readConfiguration(access.dialect, running, randomBytes(16));
  const { text } = await inSlices(reading, { signal });
  return {
    lines: text.split('\n').length - 1,
    size: Math.ceil(Buffer.byteLength(text) / 100) / 10,
    seconds: Math.ceil(seconds * 10) / 10,
    ...(hostKey !== undefined && { hostKey }),
  };
}
