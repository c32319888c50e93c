import * as check from '../shared/check.ts';
import { checkUnique, readRows } from '../shared/devices/devices.ts';
import { Problem } from '../shared/problem.ts';
import type { WatchedDevice } from './config-watch.ts';

/** A list of devices as far as it is good, and a problem for each bad row. */
export interface ReadWatched {
  devices: WatchedDevice[];
  problems: Error[];
}

/** Checks a row of the table, and that none of `names` is its own; then adds it to them. Throws a FieldProblem. */
export function checkUniqueDevice(value: unknown, names: Set<string>): WatchedDevice {
  if (typeof value !== 'object' || value === null) return checkUnique(value, names);
  const { oldCiphers = false, ...row } = value as Record<string, unknown>;
  const isOld = check.boolean('oldCiphers', oldCiphers);
  const device = checkUnique(row, names);
  return isOld ? { ...device, oldCiphers: true } : device;
}

/** Reads a list of devices: an array of them or of addresses, or the same as JSON or CSV text. Yields after each row. */
export function* readWatched(value: unknown): Generator<void, ReadWatched> {
  if (!Array.isArray(value)) return yield* readRows(value);
  const result: ReadWatched = { devices: [], problems: [] };
  const names = new Set<string>();
  for (const [i, row] of value.entries()) {
    try {
      result.devices.push(checkUniqueDevice(row, names));
    } catch (cause) {
      result.problems.push(new Problem('row', { row: i + 1 }, { cause }));
    }
    yield;
  }
  return result;
}
