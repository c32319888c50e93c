import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deflateSync, inflateRawSync, inflateSync } from 'node:zlib';
import { ByteReader, ByteWriter } from './bytes.ts';
import { packIntegers, unpackIntegers } from './integers.ts';
import { transaction } from './transaction.ts';
import { decodeValues, encodeValues } from './values.ts';

/** The version of the format, 2 since what is kept has checksums. A higher one is of a later Netmon. */
export const formatVersion = 2;
/** "Ntmn", so that SQLite's own tools know whose file it is */
const application = 0x4e746d6e;

const schema = `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    metric TEXT NOT NULL,
    labels TEXT NOT NULL,
    unit TEXT NOT NULL,
    info TEXT,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    flushed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (metric, labels)
  );
  CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    data BLOB NOT NULL
  );
`;
// A batch's id is how many readings had ever come once it was there, and so is a position.
const outboxSchema = `
  CREATE TABLE IF NOT EXISTS receiver (name TEXT PRIMARY KEY, position INTEGER NOT NULL);
`;

/** A series as it is kept. */
export interface SeriesRecord {
  id: number;
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info: Record<string, string> | undefined;
  /** ms since the Unix epoch: of its first and its last reading, as far as they are in blocks */
  first: number;
  last: number;
  /** the generation up to which its readings are in blocks */
  flushed: number;
}

/** Readings of any series, in the order in which they came. */
export interface Batch {
  series: ArrayLike<number>;
  times: Float64Array;
  values: Float64Array;
}

/** Why a file of a history cannot be opened. */
export class JournalError extends Error {
  readonly reason: 'foreign' | 'newer' | 'inUse';

  constructor(reason: JournalError['reason'], options?: ErrorOptions) {
    super(`history: ${reason}`, options);
    this.reason = reason;
  }
}

/**
 * What was written and is not in blocks yet, with the list of all series. A batch is one row, so that
 * few pages are written; pages are small for the same reason.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #insertSeries: StatementSync;
  readonly #updateSeries: StatementSync;
  #position = 0;

  /** Opens or makes the file, and keeps others from it. Throws a JournalError, or SQLite's error. */
  constructor(path: string, open: (path: string) => DatabaseSync) {
    this.#database = open(path);
    try {
      this.#prepareFile();
    } catch (error) {
      this.#database.close();
      const { errcode } = error as { errcode?: number };
      // SQLITE_BUSY, SQLITE_NOTADB
      if (errcode === 5) throw new JournalError('inUse', { cause: error });
      if (errcode === 26) throw new JournalError('foreign', { cause: error });
      throw error;
    }
    this.#insert = this.#database.prepare(
      'INSERT INTO batch (id, generation, data) VALUES (?, ?, ?)',
    );
    this.#insertSeries = this.#database.prepare(
      'INSERT INTO series (metric, labels, unit, info, first, last) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#updateSeries = this.#database.prepare(
      'UPDATE series SET unit = ?, info = ?, first = ?, last = ?, flushed = ? WHERE id = ?',
    );
  }

  #prepareFile(): void {
    const database = this.#database;
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 1024;');
    const pragma = (name: string) =>
      Number(Object.values(database.prepare(`PRAGMA ${name}`).get() as object)[0]);
    const version = pragma('user_version');
    const owner = pragma('application_id');
    if (version > 0 && owner !== application) throw new JournalError('foreign');
    if (version > formatVersion) throw new JournalError('newer');
    // The lock is taken by a write.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE;');
    if (version === 0) database.exec(`${schema} PRAGMA application_id = ${application};`);
    if (version < formatVersion) database.exec(`PRAGMA user_version = ${formatVersion};`);
    database.exec(`${outboxSchema} COMMIT; PRAGMA journal_size_limit = 1048576;`);
    const { last } = database.prepare('SELECT max(id) AS last FROM batch').get() as {
      last: number | null;
    };
    this.#position = last ?? 0;
  }

  /** All series. */
  series(): SeriesRecord[] {
    const rows = this.#database.prepare('SELECT * FROM series').all() as unknown as (Omit<
      SeriesRecord,
      'labels' | 'info'
    > & { labels: string; info: string | null })[];
    return rows.map(({ labels, info, ...row }) => ({
      ...row,
      labels: JSON.parse(labels) as Record<string, string>,
      info: info === null ? undefined : (JSON.parse(info) as Record<string, string>),
    }));
  }

  /** Keeps a new series, within the transaction of its first batch, and returns its id. */
  addSeries({
    metric,
    labels,
    unit,
    info,
    first,
    last,
  }: Omit<SeriesRecord, 'id' | 'flushed'>): number {
    const { lastInsertRowid } = this.#insertSeries.run(
      ...[metric, JSON.stringify(labels), unit],
      info ? JSON.stringify(info) : null,
      first,
      last,
    );
    return Number(lastInsertRowid);
  }

  /** Keeps what has changed of a series. */
  updateSeries({ id, unit, info, first, last, flushed }: SeriesRecord): void {
    this.#updateSeries.run(unit, info ? JSON.stringify(info) : null, first, last, flushed, id);
  }

  removeSeries(id: number): void {
    this.#database.prepare('DELETE FROM series WHERE id = ?').run(id);
  }

  /** Keeps a batch. @param generation by which it is dropped once it is in blocks */
  append(batch: Batch, generation: number): void {
    this.#position += batch.values.length;
    this.#insert.run(this.#position, generation, encodeBatch(batch));
  }

  /** How many readings ever came. */
  get position(): number {
    return this.#position;
  }

  /** Counts on from a position, where that is higher. */
  startAfter(position: number): void {
    this.#position = Math.max(this.#position, position);
  }

  /** The first batch that ends beyond a position, encoded. */
  after(position: number): { id: number; data: Uint8Array } | undefined {
    return this.#database
      .prepare('SELECT id, data FROM batch WHERE id > ? ORDER BY id LIMIT 1')
      .get(position) as { id: number; data: Uint8Array } | undefined;
  }

  /** So many batches up to a generation that end beyond a position, encoded. */
  rows(position: number, generation: number, limit: number): { id: number; data: Uint8Array }[] {
    return this.#database
      .prepare('SELECT id, data FROM batch WHERE id > ? AND generation <= ? ORDER BY id LIMIT ?')
      .all(position, generation, limit) as { id: number; data: Uint8Array }[];
  }

  /** Decodes a batch. Throws where it is none. */
  decode(data: Uint8Array): Batch {
    return decodeBatch(data);
  }

  /** How many readings each receiver has had, by its name. */
  positions(): Map<string, number> {
    const rows = this.#database.prepare('SELECT name, position FROM receiver').all();
    return new Map(rows.map(({ name, position }) => [String(name), Number(position)]));
  }

  /** Keeps what {@link positions} gives, within the transaction that is open, or one of its own. */
  keepPositions(positions: ReadonlyMap<string, number>): void {
    const database = this.#database;
    const keep = () => {
      database.exec('DELETE FROM receiver');
      const insert = database.prepare('INSERT INTO receiver (name, position) VALUES (?, ?)');
      for (const [name, position] of positions) insert.run(name, position);
    };
    if (database.isTransaction) keep();
    else transaction(database, keep);
  }

  /** What is kept, the oldest first. A batch that is damaged is told and left out. */
  *batches(damaged: (error: unknown) => void): Generator<{ batch: Batch; generation: number }> {
    const rows = this.#database.prepare('SELECT generation, data FROM batch ORDER BY id').iterate();
    for (const { generation, data } of rows as Iterable<{ generation: number; data: Uint8Array }>) {
      try {
        yield { batch: decodeBatch(data), generation };
      } catch (error) {
        damaged(error);
      }
    }
  }

  /** Drops the batches up to a generation. */
  drop(generation: number): void {
    this.#database.prepare('DELETE FROM batch WHERE generation <= ?').run(generation);
  }

  /** The highest generation that a batch has, or that a series is flushed up to. */
  generation(): number {
    const row = this.#database
      .prepare(
        `SELECT max(coalesce((SELECT max(generation) FROM batch), 0),
                    coalesce((SELECT max(flushed) FROM series), 0)) AS highest`,
      )
      .get();
    return (row as { highest: number }).highest;
  }

  /** Does all of `work` or, where it throws, nothing of it. */
  transaction(work: () => void): void {
    const position = this.#position;
    try {
      transaction(this.#database, work);
    } catch (error) {
      this.#position = position;
      throw error;
    }
  }

  /** Copies all into a new file. */
  copyTo(path: string): void {
    this.#database.prepare('VACUUM INTO ?').run(path);
  }

  close(): void {
    this.#database.close();
  }
}

/** the first byte of what zlib compressed, and of no batch of version 1, which was deflated without a checksum */
const zlibHeader = 0x78;

/** Encodes a batch, with the checksum of zlib's format. */
function encodeBatch({ series, times, values }: Batch): Uint8Array {
  const writer = new ByteWriter(values.length * 8 + 64);
  const put = (bytes: Uint8Array) => {
    writer.varint(bytes.length);
    writer.put(bytes);
  };
  put(packIntegers(series));
  put(packIntegers(times));
  put(encodeValues(values));
  return deflateSync(writer.bytes(), { level: 1 });
}

/** Decodes what {@link encodeBatch} encoded. Throws where it is none of it. */
function decodeBatch(bytes: Uint8Array): Batch {
  const inflate = bytes[0] === zlibHeader ? inflateSync : inflateRawSync;
  const reader = new ByteReader(inflate(bytes, { maxOutputLength: 1 << 28 }));
  const part = () => reader.take(reader.varint());
  const batch = {
    series: unpackIntegers(part()),
    times: unpackIntegers(part()),
    values: decodeValues(part()),
  };
  if (batch.series.length !== batch.times.length || batch.times.length !== batch.values.length) {
    throw new RangeError('columns of different lengths');
  }
  return batch;
}
