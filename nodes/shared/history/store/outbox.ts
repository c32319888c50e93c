import { existsSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { isDamage } from './damage.ts';
import type { Batch, Journal } from './journal.ts';
import { transaction } from './transaction.ts';

/** ms between two times that positions are kept where hardly anything waits: each wears the disk */
const rarely = 10_000;
/** rows that are kept in one transaction */
const stretch = 500;

/** Readings in the order in which they came, from a position on. */
export interface Waiting {
  /** of the first of them: how many had ever come before */
  position: number;
  batch: Batch;
}

export interface OutboxOptions {
  /** opens a file of SQLite */
  open: (path: string) => DatabaseSync;
  /** ms since the Unix epoch */
  now: () => number;
  /** is told of a batch that cannot be read, which is left out */
  damaged?: (file: string, error: unknown) => void;
  /** is told of a batch that is damaged and is left out */
  leftOut?: (file: string, error: unknown) => void;
}

/**
 * What waits to be forwarded, in the order in which it came. Each receiver has its own place in it, which is
 * kept. It is the journal, as long as a batch is there; what the journal drops before all have it goes to a
 * file of its own, which is removed once nobody needs it.
 */
export class Outbox {
  readonly #journal: Journal;
  readonly #path: string;
  readonly #options: OutboxOptions;
  readonly #since: number;
  #file: DatabaseSync | undefined;
  /** where what is in the file ends */
  #end = 0;
  /** how many readings each receiver has had, of all that ever came */
  readonly #positions: Map<string, number>;
  readonly #active = new Set<string>();
  #changed = false;
  #saved = 0;

  /** Throws SQLite's error. @param path of the file, which need not be there */
  constructor(journal: Journal, path: string, options: OutboxOptions) {
    this.#journal = journal;
    this.#path = path;
    this.#options = options;
    this.#since = options.now();
    this.#positions = journal.positions();
    this.#end = this.#guarded(() => {
      if (!existsSync(path)) return 0;
      return Number(this.#open().prepare('SELECT max(id) AS last FROM batch').get()?.last ?? 0);
    }, 0);
    journal.startAfter(Math.max(this.#end, ...this.#positions.values()));
  }

  /** Who gets the readings. Someone new gets those that come from now on. */
  set receivers(names: Iterable<string>) {
    this.#active.clear();
    for (const name of names) {
      this.#active.add(name);
      if (!this.#positions.has(name)) this.#place(name, this.#journal.position);
    }
    try {
      this.save();
    } catch {
      // It is tried again with the next.
    }
  }

  /** How many readings a receiver has had, of all that ever came. */
  position(receiver: string): number {
    return this.#positions.get(receiver) ?? this.#journal.position;
  }

  /** How many readings a receiver has not had yet. */
  behind(receiver: string): number {
    return this.#journal.position - this.position(receiver);
  }

  /**
   * A receiver has had what is before a position, which is kept: at once where more waits, else now and
   * then. Throws SQLite's error.
   */
  advance(receiver: string, position: number): void {
    this.#place(receiver, position);
    const now = this.#options.now();
    if (this.behind(receiver) === 0 && Math.abs(now - this.#saved) < rarely) return;
    this.#saved = now;
    this.save();
    this.#tidy();
  }

  /** The readings of one batch from a position on; later ones where those are no longer there. */
  next(position: number): Waiting | undefined {
    for (let begin = position; ;) {
      const row = this.#row(begin);
      if (!row) return undefined;
      try {
        const batch = this.#journal.decode(row.data);
        const whole = { position: row.id - batch.values.length, batch };
        return whole.position < position ? after(whole, position - whole.position) : whole;
      } catch (error) {
        this.#options.leftOut?.(this.#path, error);
        begin = row.id;
      }
    }
  }

  #row(after: number): { id: number; data: Uint8Array } | undefined {
    const next = 'SELECT id, data FROM batch WHERE id > ? ORDER BY id LIMIT 1';
    const kept = this.#guarded(() => this.#file?.prepare(next).get(after), undefined);
    return (kept as { id: number; data: Uint8Array } | undefined) ?? this.#journal.after(after);
  }

  /** Keeps what the journal is about to drop and not all have had; yields now and then. */
  *keep(generation: number): Generator<void, void> {
    for (let after = this.#least; ;) {
      const rows = this.#journal.rows(after, generation, stretch);
      if (rows.length === 0) return;
      const file = this.#file ?? this.#open();
      transaction(file, () => {
        // After a crash some are there already.
        const insert = file.prepare(
          'INSERT OR REPLACE INTO batch (id, time, data) VALUES (?, ?, ?)',
        );
        for (const { id, data } of rows) insert.run(id, this.#options.now(), data);
      });
      after = this.#end = rows.at(-1)!.id;
      yield;
    }
  }

  /** Keeps who has had what. It belongs into a transaction of the journal's where that drops batches. */
  save(): void {
    if (!this.#changed) return;
    this.#journal.keepPositions(this.#positions);
    this.#changed = false;
  }

  // Removes the file once all have had what is in it.
  #tidy(): void {
    if (!this.#file || this.#least < this.#end) return;
    this.#file.close();
    this.#file = undefined;
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.#path + suffix, { force: true });
  }

  /**
   * Drops what waits for too long or is too much, and whom nobody named for an hour.
   * @param oldest ms since the Unix epoch: what was put in before goes
   * @param size bytes of the file at most
   */
  sweep(oldest: number, size: number): void {
    if (Math.abs(this.#options.now() - this.#since) >= 3_600_000) {
      for (const name of this.#positions.keys()) {
        if (!this.#active.has(name)) {
          this.#positions.delete(name);
          this.#changed = true;
        }
      }
    }
    this.#guarded(() => {
      const file = this.#file;
      if (!file) return;
      const drop = file.prepare('DELETE FROM batch WHERE id <= ? OR time < ?');
      drop.run(this.#least, oldest);
      const part = '(SELECT id FROM batch ORDER BY id LIMIT (SELECT 1 + count(*) / 16 FROM batch))';
      const dropOldest = file.prepare(`DELETE FROM batch WHERE id IN ${part}`);
      while (used(file) > size && Number(dropOldest.run().changes) > 0);
    }, undefined);
    this.#tidy();
  }

  /** Whether there is more than the journal has. */
  get isInUse(): boolean {
    return this.#file !== undefined;
  }

  /** Copies what the journal has no more into a new file, where there is anything. */
  copyTo(path: string): void {
    this.#file?.prepare('VACUUM INTO ?').run(path);
  }

  close(): void {
    this.save();
    this.#file?.close();
  }

  // Where nobody is to get anything, all have had all.
  get #least(): number {
    return Math.min(this.#journal.position, ...this.#positions.values());
  }

  #place(receiver: string, position: number): void {
    this.#positions.set(receiver, position);
    this.#changed = true;
  }

  // What `work` gives; `otherwise` where the file is damaged, which is put aside.
  #guarded<Result>(work: () => Result, otherwise: Result): Result {
    try {
      return work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#file?.close();
      this.#file = undefined;
      if (existsSync(this.#path)) {
        renameSync(this.#path, `${this.#path}.damaged-${this.#options.now()}`);
      }
      for (const suffix of ['-wal', '-shm']) rmSync(this.#path + suffix, { force: true });
      this.#options.damaged?.(this.#path, error);
      return otherwise;
    }
  }

  #open(): DatabaseSync {
    const file = (this.#file = this.#options.open(this.#path));
    file.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA journal_size_limit = 1048576;
      CREATE TABLE IF NOT EXISTS batch (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, data BLOB NOT NULL);`);
    return file;
  }
}

// Bytes that are not free for what comes next.
function used(file: DatabaseSync): number {
  const pragma = (name: string) =>
    Number(Object.values(file.prepare(`PRAGMA ${name}`).get() as object)[0]);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

/** What is left of a batch that waits once so many of its readings are taken. */
export function after({ position, batch }: Waiting, count: number): Waiting {
  const { series, times, values } = batch;
  return {
    position: position + count,
    batch: {
      series: Array.prototype.slice.call(series, count) as number[],
      times: times.subarray(count),
      values: values.subarray(count),
    },
  };
}
