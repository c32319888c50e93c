import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { formatVersion, JournalError } from './journal.ts';
import { packIntegers, unpackIntegers } from './integers.ts';
import { between, type Points } from './points.ts';
import { type Summary, summarize } from './summary.ts';
import { decodeSummaries, encodeSummaries, type Tier } from './tier.ts';
import { transaction } from './transaction.ts';
import { decodeValues, encodeValues } from './values.ts';

// A block's times are kept apart: all series of one poll share them.
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
    data BLOB NOT NULL
  );
  CREATE INDEX block_series ON block (series, start);
  CREATE TABLE total (readings INTEGER NOT NULL);
  INSERT INTO total VALUES (0);
  CREATE TABLE chunk (
    series INTEGER NOT NULL,
    start INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (series, start)
  );
`;

/** A block of raw readings, read only as far as it is needed. */
export interface Block extends Summary {
  points(): Points;
}

interface BlockRow {
  id: number;
  start: number;
  end: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  first: number;
  last: number;
}

/** One file of history: what one tier keeps of one span of time. */
export class Partition {
  readonly tier: Tier;
  /** ms since the Unix epoch */
  readonly start: number;
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens or makes the file. Throws SQLite's error where it is none, a JournalError where it is newer. */
  constructor(path: string, tier: Tier, start: number, open: (path: string) => DatabaseSync) {
    this.path = path;
    this.tier = tier;
    this.start = start;
    this.#database = open(path);
    const { user_version: version } = this.#run('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (version > formatVersion) {
      this.#database.close();
      throw new JournalError('newer');
    }
    if (version === 0) {
      this.#database.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL; BEGIN; ${schema} PRAGMA user_version = ${formatVersion}; COMMIT;`);
    } else {
      this.#database.exec('PRAGMA synchronous = FULL;');
    }
    this.#database.exec('PRAGMA journal_size_limit = 1048576;');
  }

  /** Does all of `work` or, where it throws, nothing of it. */
  transaction(work: () => void): void {
    transaction(this.#database, work);
  }

  /** Keeps the times of a block, and returns their id. */
  addTimes(times: Float64Array): number {
    const { lastInsertRowid } = this.#run('INSERT INTO times (data) VALUES (?)').run(
      packIntegers(times),
    );
    return Number(lastInsertRowid);
  }

  /** Keeps points of a series, of which there is at least one. @param times their id */
  addBlock(series: number, points: Points, times: number): void {
    const { count, sum, min, max, first, last, firstTime, lastTime } = summarize(points)!;
    this.#run(
      `INSERT INTO block (series, start, end, count, sum, min, max, first, last, times, data)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[series, firstTime, lastTime, count, sum, min, max, first, last, times],
      encodeValues(points.values),
    );
  }

  /** Counts readings that were kept in blocks, in the transaction that keeps them. */
  addToTotal(readings: number): void {
    this.#run('UPDATE total SET readings = readings + ?').run(readings);
  }

  /** How many readings are in blocks: one that came twice counts twice. */
  get total(): number {
    return (this.#run('SELECT readings FROM total').get() as { readings: number }).readings;
  }

  /** The blocks of a series that have a point from `from` on and before `to`, the oldest written first. */
  blocks(series: number, from: number, to: number): Block[] {
    const rows = this.#run(
      `SELECT id, start, end, count, sum, min, max, first, last FROM block
       WHERE series = ? AND start < ? AND end >= ? ORDER BY id`,
    ).all(series, to, from) as unknown as BlockRow[];
    return rows.map(({ id, start, end, ...row }) => ({
      ...row,
      firstTime: start,
      lastTime: end,
      points: () => this.#points(id),
    }));
  }

  /** The raw points of a series from `from` on and before `to`, in parts, the oldest written first. */
  parts(series: number, from: number, to: number): Points[] {
    return this.blocks(series, from, to).map((block) => between(block.points(), from, to));
  }

  /** The summaries of the chunk that begins at `start`. */
  chunk(series: number, start: number): Map<number, Summary> {
    const row = this.#run('SELECT data FROM chunk WHERE series = ? AND start = ?').get(
      series,
      start,
    ) as { data: Uint8Array } | undefined;
    return row ? decodeSummaries(row.data) : new Map<number, Summary>();
  }

  setChunk(series: number, start: number, spans: ReadonlyMap<number, Summary>): void {
    this.#run('INSERT OR REPLACE INTO chunk (series, start, data) VALUES (?, ?, ?)').run(
      series,
      start,
      encodeSummaries(spans),
    );
  }

  /** Copies all into a new file. */
  copyTo(path: string): void {
    this.#run('VACUUM INTO ?').run(path);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #points(id: number): Points {
    const { times, data } = this.#run(
      `SELECT times.data AS times, block.data AS data FROM block
       JOIN times ON times.id = block.times WHERE block.id = ?`,
    ).get(id) as { times: Uint8Array; data: Uint8Array };
    return { times: unpackIntegers(times), values: decodeValues(data) };
  }

  #run(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}
