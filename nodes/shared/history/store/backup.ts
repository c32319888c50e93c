import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Store } from './store.ts';

/**
 * Copies a history, while it is in use, into a new folder within `folder`, whose name tells the time. It has that
 * name once all of it is on the disk. Yields after each file how much of 1 is done; no flush and no sweep may run
 * meanwhile. Throws SQLite's error, or the system's; then, and where it is left, nothing of it stays.
 * @param now ms since the Unix epoch
 * @returns the new folder
 */
export function* backup(store: Store, folder: string, now: number): Generator<number, string> {
  const time = new Date(now).toISOString().replace(/[:.]/g, '-');
  const made = join(folder, `netmon-history-${time}`);
  const part = `${made}.part`;
  mkdirSync(part, { recursive: true });
  removeLeft(folder, now);
  try {
    yield* store.copyTo(part);
    for (const name of readdirSync(part)) sync(join(part, name));
    renameSync(part, made);
    return made;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

// What a process left behind that was killed while it made one. One that is younger may be another Node-RED's.
function removeLeft(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!/^netmon-history-[\dTZ-]+\.part$/.test(name)) continue;
    const path = join(folder, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs !== undefined && now - mtimeMs > 86_400_000) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
