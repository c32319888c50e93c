import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

const day = 86_400_000;
/** ms after which the state of a node that is in no flow is removed: its flow may come back before */
const keepOrphans = 30 * day;

const held: unique symbol = Symbol.for('@netmon/node-red-netmon: locks of state files');

/** SQLite's code where another has the lock */
const busy = 5;

/**
 * The locks of this process, by their directories: kept, for a lock that is collected is released. Each node's file has
 * a copy of this one built in, so they are kept where all copies find them.
 */
const locks = ((globalThis as { [held]?: Map<string, DatabaseSync> })[held] ??= new Map());

/**
 * Takes a directory of state files for this process. The lock is the system's own, which ends it with the
 * process however that ends, and knows processes of other containers, where each may have the same number.
 * @returns whether no other process has it; also true where this Node.js has no SQLite (before 22.13)
 */
export async function claim(directory: string): Promise<boolean> {
  if (locks.has(directory)) return true;
  const sqlite = await import('node:sqlite').catch(() => undefined);
  if (!sqlite) return true;
  await mkdir(directory, { recursive: true });
  // Another node of this process may have been faster.
  if (locks.has(directory)) return true;
  const lock = new sqlite.DatabaseSync(join(directory, 'process.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === busy) return false;
    throw error;
  }
  locks.set(directory, lock);
  return true;
}

/**
 * Removes the state files of nodes that have been in no flow for a month.
 * @param isInFlows whether a node's id is in the flows
 * @param now ms since the Unix epoch
 */
export async function sweep(
  directory: string,
  isInFlows: (id: string) => boolean,
  now: number,
): Promise<void> {
  for (const name of await readdir(directory).catch(() => [] as string[])) {
    const [, id] = /^(.+?)\.json(?:\.damaged)?$/.exec(name) ?? [];
    if (id === undefined || isInFlows(id)) continue;
    const path = join(directory, name);
    const file = await stat(path).catch(() => undefined);
    if (file && now - file.mtimeMs > keepOrphans) await rm(path, { force: true });
  }
}
