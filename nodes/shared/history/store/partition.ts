import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { isBlockDamage } from './damage.ts';
import { packIntegers, unpackIntegers } from './integers.ts';
import { formatVersion, JournalError } from './journal.ts';
import { between, type Points } from './points.ts';
import { summarize, type Summary } from './summary.ts';
import { decodeSummaries, encodeSummaries, type Tier } from './tier.ts';
import { transaction } from './transaction.ts';
import { decodeValues, encodeValues } from './values.ts';

// A block's times are kept apart: all series of one poll share them. A checksum stands last in its row, so that a
// row whose lengths are damaged has another one or none. None is right only up to the ids in `unchecked`.
const schema = `
  CREATE TABLE times (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sum REAL NOT NULL,
    min REAL NOT NULL,
    max REAL NOT NULL,
    first REAL NOT NULL,
    last REAL NOT NULL,
    times INTEGER NOT NULL,
    data BLOB NOT NULL,
    checksum INTEGER
  );
  CREATE INDEX block_series ON block (series, start);
  CREATE TABLE total (readings INTEGER NOT NULL);
  INSERT INTO total VALUES (0);
  CREATE TABLE chunk (
    series INTEGER NOT NULL,
    start INTEGER NOT NULL,
    data BLOB NOT NULL,
    checksum INTEGER,
    PRIMARY KEY (series, start)
  );
  CREATE TABLE unchecked (block INTEGER NOT NULL, chunk INTEGER NOT NULL);
  INSERT INTO unchecked VALUES (0, 0);
`;

/** brings a file of version 1, which had no checksums, to this one */
const addChecksums = `
  ALTER TABLE block ADD COLUMN checksum INTEGER;
  ALTER TABLE chunk ADD COLUMN checksum INTEGER;
  CREATE TABLE unchecked (block INTEGER NOT NULL, chunk INTEGER NOT NULL);
  INSERT INTO unchecked SELECT coalesce((SELECT max(id) FROM block), 0), coalesce((SELECT max(rowid) FROM chunk), 0);
`;

/** blocks that are put together with what came late: it may have come for a whole year */
const mostOverlapped = 16;

/** A block that others are to take the place of. */
export interface OldBlock {
  id: number;
  points: Points;
}

/** Times of blocks, as they are kept. */
export interface KeptTimes {
  id: number;
  checksum: number;
}

interface Span {
  id: number;
  start: number;
  end: number;
}

/** One file of history: what one tier keeps of one span of time. */
export class Partition {
  readonly tier: Tier;
  /** ms since the Unix epoch */
  readonly start: number;
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #leftOut: (error: unknown) => void;
  readonly #unchecked: { block: number; chunk: number };
  readonly #statements = new Map<string, StatementSync>();
  #isSynced = true;

  /**
   * Opens or makes the file. Throws SQLite's error where it is none, a JournalError where it is newer.
   * @param leftOut is told of what is damaged in a file that is sound otherwise, and is left out
   */
  constructor(
    path: string,
    tier: Tier,
    start: number,
    open: (path: string) => DatabaseSync,
    leftOut: (error: unknown) => void,
  ) {
    this.path = path;
    this.tier = tier;
    this.start = start;
    this.#leftOut = leftOut;
    this.#database = open(path);
    try {
      this.#prepareFile();
      const unchecked = this.#run('SELECT block, chunk FROM unchecked').get();
      this.#unchecked = unchecked as { block: number; chunk: number };
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #prepareFile(): void {
    const { user_version: version } = this.#run('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (version > formatVersion) throw new JournalError('newer');
    if (version === 1) {
      transaction(this.#database, () =>
        this.#database.exec(`${addChecksums} PRAGMA user_version = ${formatVersion};`),
      );
    }
    if (version === 0) {
      this.#database.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL; BEGIN; ${schema} PRAGMA user_version = ${formatVersion}; COMMIT;`);
    }
    this.#database.exec('PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 1048576;');
  }

  /** Does all of `work` or, where it throws, nothing of it. A loss of power may undo it before {@link sync}. */
  transaction(work: () => void): void {
    this.#isSynced = false;
    transaction(this.#database, work);
  }

  /** Returns once all that was written is on the disk. */
  sync(): void {
    if (this.#isSynced) return;
    // A commit that waits for the disk takes those before along. What writes the same values may write nothing,
    // but this always writes a page.
    this.#database.exec(`PRAGMA synchronous = FULL; PRAGMA user_version = ${formatVersion};`);
    this.#database.exec('PRAGMA synchronous = NORMAL;');
    this.#isSynced = true;
  }

  /** Keeps the times of a block. */
  addTimes(times: Float64Array): KeptTimes {
    const data = packIntegers(times);
    const { lastInsertRowid } = this.#run('INSERT INTO times (data) VALUES (?)').run(data);
    return { id: Number(lastInsertRowid), checksum: crc32(data) };
  }

  /** Keeps points of a series, of which there is at least one. @param times theirs */
  addBlock(series: number, points: Points, times: KeptTimes): void {
    const { count, sum, min, max, first, last, firstTime, lastTime } = summarize(points)!;
    const data = encodeValues(points.values);
    this.#run(
      `INSERT INTO block (series, start, end, count, sum, min, max, first, last, times, data, checksum)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[series, firstTime, lastTime, count, sum, min, max, first, last, times.id],
      data,
      checksumOf(data, series, times.checksum),
    );
  }

  /** Counts readings that were kept in blocks, in the transaction that keeps them. */
  addToTotal(readings: number): void {
    this.#run('UPDATE total SET readings = readings + ?').run(readings);
  }

  /** How many readings are in blocks: one that is in two of them counts twice. */
  get total(): number {
    return (this.#run('SELECT readings FROM total').get() as { readings: number }).readings;
  }

  /**
   * The blocks of a series that have a point from `from` to `to`, both included, and those that these overlap, the
   * oldest written first. None where there are so many that they had better stay as they are.
   */
  overlapped(series: number, from: number, to: number): OldBlock[] {
    const last = this.#run(
      'SELECT end FROM block WHERE series = ? AND start <= ? ORDER BY start DESC LIMIT 1',
    ).get(series, to) as { end: number } | undefined;
    if (!last || last.end < from) return [];
    let rows: Span[] = [];
    for (let before = -1; rows.length !== before && rows.length <= mostOverlapped;) {
      before = rows.length;
      rows = this.#run(
        'SELECT id, start, end FROM block WHERE series = ? AND start <= ? AND end >= ? ORDER BY id',
      ).all(
        series,
        Math.max(to, ...rows.map(({ end }) => end)),
        Math.min(from, ...rows.map(({ start }) => start)),
      ) as unknown as typeof rows;
    }
    if (rows.length > mostOverlapped) return [];
    return rows.flatMap(({ id }) => {
      const points = this.#points(id, series);
      return points ? { id, points } : [];
    });
  }

  /** Removes a block; what it had in common with others stays. */
  removeBlock({ id, points }: OldBlock): void {
    this.#run('DELETE FROM block WHERE id = ?').run(id);
    this.addToTotal(-points.times.length);
  }

  /** The raw points of a series from `from` on and before `to`, in parts, the oldest written first. */
  parts(series: number, from: number, to: number): Points[] {
    const rows = this.#run(
      'SELECT id FROM block WHERE series = ? AND start < ? AND end >= ? ORDER BY id',
    ).all(series, to, from) as { id: number }[];
    return rows.flatMap(({ id }) => {
      const points = this.#points(id, series);
      return points ? between(points, from, to) : [];
    });
  }

  /** The summaries of the chunk that begins at `start`. */
  chunk(series: number, start: number): Map<number, Summary> {
    const read = () => {
      const row = this.#run(
        'SELECT rowid AS id, data, checksum FROM chunk WHERE series = ? AND start = ?',
      ).get(series, start) as { id: number; data: Uint8Array; checksum: number | null } | undefined;
      if (!row) return undefined;
      const isRight = (data: Uint8Array) => row.checksum === checksumOf(data, series, start);
      return decodeSummaries(checked(row, this.#unchecked.chunk, isRight));
    };
    return this.#sound(read) ?? new Map<number, Summary>();
  }

  setChunk(series: number, start: number, spans: ReadonlyMap<number, Summary>): void {
    const data = encodeSummaries(spans);
    this.#run(
      'INSERT OR REPLACE INTO chunk (series, start, data, checksum) VALUES (?, ?, ?, ?)',
    ).run(...[series, start], data, checksumOf(data, series, start));
  }

  /** Copies all into a new file. */
  copyTo(path: string): void {
    this.#run('VACUUM INTO ?').run(path);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  // The points of a block, which others had better be without where it is damaged.
  #points(id: number, series: number): Points | undefined {
    return this.#sound(() => {
      const row = this.#run(
        `SELECT block.id AS id, times.data AS times, block.data AS data, checksum FROM block
         LEFT JOIN times ON times.id = block.times WHERE block.id = ?`,
      ).get(id) as
        { id: number; times: unknown; data: unknown; checksum: number | null } | undefined;
      const times = row?.times;
      if (!(times instanceof Uint8Array)) throw new RangeError('a block without times');
      const isRight = (data: Uint8Array) =>
        row!.checksum === checksumOf(data, series, crc32(times));
      const values = decodeValues(checked(row!, this.#unchecked.block, isRight));
      const points = { times: unpackIntegers(times), values };
      if (points.times.length !== values.length) {
        throw new RangeError('columns of different lengths');
      }
      return points;
    });
  }

  #sound<Result>(read: () => Result): Result | undefined {
    try {
      return read();
    } catch (error) {
      if (!isBlockDamage(error)) throw error;
      this.#leftOut(error);
      return undefined;
    }
  }

  #run(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}

// Of what a row has, and of what it belongs to: a row in the place of another is damage too.
function checksumOf(data: Uint8Array, ...belongsTo: number[]): number {
  return crc32(data, crc32(new Uint8Array(Float64Array.from(belongsTo).buffer)));
}

// A row's data. Throws a RangeError where it is not what was kept.
function checked(
  { id, data, checksum }: { id: number; data: unknown; checksum: number | null },
  unchecked: number,
  isRight: (data: Uint8Array) => boolean,
): Uint8Array {
  const isKept =
    data instanceof Uint8Array && (checksum === null ? id <= unchecked : isRight(data));
  if (!isKept) throw new RangeError('a wrong checksum');
  return data;
}
