import type { Clock } from '../../shared/clock.ts';
import type { ProcessUse } from '../source.ts';
import { type Files, textIfAny } from './files.ts';

/** What the use of a process is a share of. */
export interface Machine {
  cores: number;
  /** bytes */
  memory: number;
  /** bytes */
  pageSize: number;
}

interface ProcessTimes {
  /** the same for as long as the process runs; a number may be used again */
  id: string;
  name: string;
  ticks: number;
  pages: number;
}

// The kernel shows times in this unit, whatever its own (USER_HZ).
const ticksPerSecond = 100;
// Files that are open at once.
const batch = 50;

/** Reads the processes of /proc, and computes their use of the processor from one call to the next. */
export class Processes {
  readonly #files: Files;
  readonly #machine: Machine;
  readonly #clock: Clock;
  #time = Number.NaN;
  #before = new Map<string, number>();

  constructor(files: Files, machine: Machine, clock: Clock) {
    this.#files = files;
    this.#machine = machine;
    this.#clock = clock;
  }

  /** The processes that have memory (the kernel's threads do not), summed up by their names. */
  async read(): Promise<ProcessUse[]> {
    const now = this.#clock.steady();
    const { cores, memory, pageSize } = this.#machine;
    const ticks = ((now - this.#time) / 1000) * ticksPerSecond * cores;
    const seen = new Map<string, number>();
    const uses = new Map<string, ProcessUse>();
    for (const process of await this.#all()) {
      seen.set(process.id, process.ticks);
      const use = uses.get(process.name) ?? { name: process.name, cpu: 0, memory: 0 };
      use.memory += ((process.pages * pageSize) / memory) * 100;
      // One that was not there before has used all it used since.
      const used = process.ticks - (this.#before.get(process.id) ?? 0);
      use.cpu = ticks > 0 ? Math.min(use.cpu! + (used / ticks) * 100, 100) : undefined;
      uses.set(process.name, use);
    }
    this.#time = now;
    this.#before = seen;
    return [...uses.values()];
  }

  async #all(): Promise<ProcessTimes[]> {
    const ids = (await this.#files.names('/proc')).filter((name) => /^\d+$/.test(name));
    const found: ProcessTimes[] = [];
    for (let i = 0; i < ids.length; i += batch) {
      const reads = ids.slice(i, i + batch).map((id) => textIfAny(this.#files, `/proc/${id}/stat`));
      for (const text of await Promise.all(reads)) {
        const process = text === undefined ? undefined : parseStat(text);
        if (process && process.pages > 0) found.push(process);
      }
    }
    return found;
  }
}

// See proc_pid_stat(5). The name is in brackets and may itself hold any character.
function parseStat(text: string): ProcessTimes | undefined {
  const [, id, name, rest] = /^(\d+) \((.*)\) (.*)$/s.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const fields = rest.split(' ');
  // Counted from the third field: 14 utime, 15 stime, 22 starttime, 24 rss.
  return {
    id: `${id} ${fields[19]}`,
    name: name!.replace(/\p{Cc}/gu, '?'),
    ticks: Number(fields[11]) + Number(fields[12]),
    pages: Number(fields[21]),
  };
}
