import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const day = 86_400_000;
/** ms after which the state of a node that is in no flow is removed: its flow may come back before */
const keepOrphans = 30 * day;

interface Owner {
  pid: number;
  /** how it was started: a process id may be another's by now */
  command: string;
}

/**
 * Marks a directory of state files as used by this process.
 * @returns the id of another process that uses it now, undefined where there is none
 */
export async function claim(directory: string): Promise<number | undefined> {
  const path = join(directory, 'process.txt');
  const own = { pid: process.pid, command: await commandOf(process.pid) };
  const other = parseOwner(await readFile(path, 'utf8').catch(() => ''));
  if (other && other.pid !== own.pid && (await isRunning(other))) return other.pid;
  await mkdir(directory, { recursive: true });
  await writeFile(path, `${own.pid} ${own.command}`);
  return undefined;
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

function parseOwner(text: string): Owner | undefined {
  const [, pid, command] = /^(\d+) (.*)$/s.exec(text) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), command: command! };
}

async function isRunning({ pid, command }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return (await commandOf(pid)) === command;
}

// Only Linux tells of another process without asking a program.
async function commandOf(pid: number): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.replaceAll('\0', ' ').trim();
}
