import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { isDamage } from './damage.ts';
import { Partition } from './partition.ts';
import type { Points } from './points.ts';
import { type TierName, tiers } from './tier.ts';

export interface PartitionsOptions {
  /** opens a file of SQLite */
  open: (path: string) => DatabaseSync;
  /** ms since the Unix epoch */
  now: () => number;
  /** is told of what is damaged and was put aside */
  damaged?: (file: string, error: unknown) => void;
  /** is told of a file with something in it that is damaged and is left out */
  leftOut?: (file: string, error: unknown) => void;
}

/** The files of a history: one for each tier and span of time, opened when they are first needed. */
export class Partitions {
  readonly #folder: string;
  readonly #options: PartitionsOptions;
  /** those that something was left out of */
  readonly #told = new Set<string>();
  readonly #opened = ofTiers(() => new Map<number, Partition>());
  /** the starts of all files there are, in order */
  readonly #starts: Record<TierName, number[]>;

  /** Takes a folder, and makes it where there is none. Throws the system's error. */
  constructor(folder: string, options: PartitionsOptions) {
    this.#folder = folder;
    this.#options = options;
    mkdirSync(folder, { recursive: true });
    // SQLite opens what is read-only, and fails later without saying why.
    accessSync(folder, constants.W_OK);
    this.#starts = ofTiers((name) => startsIn(folder, name));
  }

  /** When the files of a tier begin, in ms since the Unix epoch, in order. */
  starts(name: TierName): readonly number[] {
    return this.#starts[name];
  }

  /** When the first of all files begins; Infinity where there is none. */
  get oldest(): number {
    return Math.min(...Object.values(this.#starts).map(([first = Infinity]) => first));
  }

  /** How many files there are. */
  get count(): number {
    return Object.values(this.#starts).reduce((sum, { length }) => sum + length, 0);
  }

  /** How many raw readings are in all files. */
  get readings(): number {
    return this.#starts.raw
      .flatMap((start) => this.#known('raw', start) ?? [])
      .reduce((sum, partition) => sum + this.guarded(partition, () => partition.total, 0), 0);
  }

  /** Bytes of all files in the folder. */
  get size(): number {
    return readdirSync(this.#folder)
      .map((name) => statSync(join(this.#folder, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
  }

  /** The file of a tier that begins at `start`; it is made where there is none. */
  at(name: TierName, start: number): Partition {
    return this.#known(name, start) ?? this.#open(name, start);
  }

  /** The files of a tier that have something from `from` on and before `to`. */
  overlapping(name: TierName, from: number, to: number): Partition[] {
    const { partition: span } = tiers[name];
    return this.#starts[name]
      .filter((start) => start < to && start + span > from)
      .flatMap((start) => this.#known(name, start) ?? []);
  }

  /** The raw points of a series that are in blocks, in parts, the oldest file first. */
  parts(series: number, from: number, to: number): Points[] {
    return this.overlapping('raw', from, to).flatMap((partition) =>
      this.guarded(partition, () => partition.parts(series, from, to), []),
    );
  }

  /** What `read` reads of a file; `otherwise` where it is damaged, which costs its own span only. */
  guarded<Result>(partition: Partition, read: () => Result, otherwise: Result): Result {
    try {
      return read();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#putAside(partition.tier.name, partition.start, error);
      return otherwise;
    }
  }

  /** Writes to the file of a tier that begins at `start`; to a new one where it is damaged. */
  write(name: TierName, start: number, work: (partition: Partition) => void): void {
    try {
      work(this.at(name, start));
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#putAside(name, start, error);
      work(this.at(name, start));
    }
  }

  /** Has all that was written on the disk once it is done; yields after each file. */
  *sync(): Generator<void, void> {
    for (const partitions of Object.values(this.#opened)) {
      for (const partition of [...partitions.values()]) {
        if (partitions.get(partition.start) !== partition) continue;
        this.guarded(partition, () => partition.sync(), undefined);
        yield;
      }
    }
  }

  /** Removes the file of a tier that begins at `start`. */
  remove(name: TierName, start: number): void {
    this.#shut(name, start);
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(this.#path(name, start) + suffix, { force: true });
    }
  }

  /** Copies all files into a folder; yields after each. A damaged one is put aside. */
  *copyTo(folder: string): Generator<void, void> {
    for (const name of Object.keys(this.#starts) as TierName[]) {
      for (const start of [...this.#starts[name]]) {
        const partition = this.#known(name, start);
        if (!partition) continue;
        const copy = join(folder, basename(partition.path));
        this.guarded(partition, () => partition.copyTo(copy), undefined);
        yield;
      }
    }
  }

  close(): void {
    for (const partitions of Object.values(this.#opened)) {
      for (const partition of partitions.values()) partition.close();
    }
  }

  #known(name: TierName, start: number): Partition | undefined {
    const opened = this.#opened[name].get(start);
    if (opened || !this.#starts[name].includes(start)) return opened;
    try {
      return this.#open(name, start);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#putAside(name, start, error);
      return undefined;
    }
  }

  #open(name: TierName, start: number): Partition {
    const { open } = this.#options;
    const path = this.#path(name, start);
    const partition = new Partition(path, tiers[name], start, open, (error) => {
      if (this.#told.has(path)) return;
      this.#told.add(path);
      this.#options.leftOut?.(path, error);
    });
    this.#opened[name].set(start, partition);
    const starts = this.#starts[name];
    if (!starts.includes(start)) {
      starts.push(start);
      starts.sort((a, b) => a - b);
    }
    return partition;
  }

  #putAside(name: TierName, start: number, error: unknown): void {
    this.#shut(name, start);
    const path = this.#path(name, start);
    renameSync(path, `${path}.damaged-${this.#options.now()}`);
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    this.#options.damaged?.(path, error);
  }

  #shut(name: TierName, start: number): void {
    this.#opened[name].get(start)?.close();
    this.#opened[name].delete(start);
    this.#starts[name] = this.#starts[name].filter((each) => each !== start);
  }

  #path(name: TierName, start: number): string {
    return join(this.#folder, `${new Date(start).toISOString().slice(0, 10)}-${name}.db`);
  }
}

function ofTiers<Value>(make: (name: TierName) => Value): Record<TierName, Value> {
  return { raw: make('raw'), '5m': make('5m'), '1h': make('1h') };
}

function startsIn(folder: string, name: TierName): number[] {
  const suffix = `-${name}.db`;
  return readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => Date.parse(file.slice(0, -suffix.length)))
    .filter((start) => Number.isFinite(start))
    .sort((a, b) => a - b);
}
