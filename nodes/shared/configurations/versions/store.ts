import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isBlockDamage } from '../../history/store/damage.ts';
import { transaction } from '../../history/store/transaction.ts';
import { Problem } from '../../problem.ts';
import { checkUniqueRule, type ConfigurationRule, findingsOf, type RuleInput } from '../rules.ts';
import type {
  Added,
  Diff,
  FetchedConfiguration,
  KeptDevice,
  Unsaved,
  Version,
} from './contract.ts';
import { diffOf, linesOf } from './diff.ts';
import { FileError } from './problems.ts';
import { seal, unseal } from './seal.ts';
import { unsavedOf } from './unsaved.ts';

/** The version of the format. A higher one is of a later Netmon. */
const formatVersion = 2;
/** "Ntmc", so that SQLite's own tools know whose file it is */
const application = 0x4e746d63;
/** bytes of one text, which its size in the file may not exceed however it is damaged */
const largest = 1 << 28;
const day = 86_400_000;

// A text is there once, whosever versions have it. What is compared may be less than the text: so it has a hash too.
const schema = `
  CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    labels TEXT NOT NULL,
    fetched INTEGER,
    unsaved INTEGER,
    unsaved_diff BLOB,
    failed INTEGER,
    reason TEXT,
    age INTEGER
  );
  CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
  );
  CREATE TABLE version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    device INTEGER NOT NULL,
    time INTEGER NOT NULL,
    text INTEGER NOT NULL,
    compared BLOB NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    author TEXT
  );
  CREATE INDEX version_device ON version (device, id);
  CREATE INDEX version_time ON version (time);
  CREATE INDEX version_text ON version (text);
  CREATE TABLE whole (version INTEGER PRIMARY KEY, data BLOB NOT NULL);
`;

const columns = `version.id AS id, device.name AS device, version.time AS time, hex(text.hash) AS hash,
  text.size AS size, version.added AS added, version.removed AS removed, version.author AS changedBy,
  (SELECT max(other.id) FROM version AS other WHERE other.device = version.device AND other.id < version.id) AS before,
  EXISTS (SELECT 1 FROM whole WHERE whole.version = version.id) AS isFull`;
const tables = `version JOIN device ON device.id = version.device JOIN text ON text.id = version.text`;

interface Newest {
  id: number;
  text: number;
  compared: Uint8Array;
}

interface DeviceRow {
  id: number;
  unsaved: number | null;
}

/** The file of configurations. Every method that changes something has done so on the disk once it returns. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #rules: { given: string; checked: ConfigurationRule[] } | undefined;
  /** when devices that nobody fetches any more were looked for last */
  #swept = -Infinity;

  /** Opens or makes a file. Throws SQLite's error, or a FileError of one that is another program's or a later Netmon's. */
  constructor(path: string, open: (path: string) => DatabaseSync) {
    this.#database = open(path);
    try {
      this.#prepare();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #prepare(): void {
    const database = this.#database;
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 1024;');
    const pragma = (name: string) =>
      Number(Object.values(database.prepare(`PRAGMA ${name}`).get() as object)[0]);
    const version = pragma('user_version');
    const isOwn = pragma('application_id') === application;
    const isEmpty = version === 0 && !database.prepare('SELECT 1 FROM sqlite_master').get();
    if (!isOwn && !isEmpty) throw new FileError('foreign');
    if (version > formatVersion) throw new FileError('newer');
    // The lock is taken by a write.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE;');
    if (isEmpty) database.exec(`${schema} PRAGMA application_id = ${application};`);
    else if (version < 2) database.exec('ALTER TABLE device ADD COLUMN unsaved_diff BLOB;');
    database.exec(`PRAGMA user_version = ${formatVersion}; COMMIT;
      PRAGMA journal_size_limit = 1048576;`);
  }

  /** Keeps a configuration, or only when it was fetched where it is the same as before. */
  add(fetched: FetchedConfiguration): Added {
    const { device, text, time } = fetched;
    const known = this.#device(device);
    const newest = known && this.#newest(known.id);
    const compared = hashOf(fetched.compared ?? text);
    const isSame = newest !== undefined && areEqual(newest.compared, compared);
    const before = newest && !isSame ? this.#soundText(newest.text) : undefined;
    const lines = fetched.diffLines === undefined ? {} : { lines: fetched.diffLines };
    const diff = before === undefined ? undefined : diffOf(before, text, lines);
    const unsaved = unsavedOf(fetched, known?.unsaved ?? 0, lines);
    let id = newest?.id ?? 0;
    transaction(this.#database, () => {
      const own = this.#keepDevice(fetched, unsaved);
      if (!isSame) id = this.#keepVersion(own, fetched, compared, diff);
      this.#forget(own, fetched);
    });
    this.#sweep(time);
    return {
      outcome: newest === undefined ? 'new' : isSame ? 'same' : 'changed',
      version: this.version(id),
      ...(diff && { diff }),
      ...(unsaved !== undefined && { unsaved }),
      findings: this.#findings(fetched),
    };
  }

  /** Keeps that a device could not be asked. */
  fail(device: string, labels: Record<string, string>, time: number, reason: string): void {
    this.#run(
      `INSERT INTO device (name, labels, failed, reason) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET labels = excluded.labels, failed = excluded.failed, reason = excluded.reason`,
    ).run(device, JSON.stringify(labels), time, reason);
  }

  devices(): KeptDevice[] {
    const rows = this.#run(
      `SELECT name AS device, labels, fetched, unsaved, failed, reason, count(version.id) AS versions,
         max(version.id) AS latest, (SELECT time FROM version AS newest WHERE newest.device = device.id
           ORDER BY newest.id DESC LIMIT 1) AS changed
       FROM device LEFT JOIN version ON version.device = device.id GROUP BY device.id ORDER BY name`,
    ).all() as unknown as DeviceListRow[];
    return rows.map(
      ({ device, labels, versions, fetched, changed, latest, unsaved, failed, reason }) => ({
        device,
        labels: JSON.parse(labels) as Record<string, string>,
        versions,
        ...(fetched !== null && { fetchedAt: fetched }),
        ...(changed !== null && { changedAt: changed }),
        ...(latest !== null && { latest }),
        ...(unsaved !== null && { unsavedSince: unsaved === 0 ? null : unsaved }),
        ...(failed !== null && { failed: { time: failed, reason: reason ?? '' } }),
      }),
    );
  }

  /** Versions of a device, the newest first. */
  list(device: string, limit = 100, before = Number.MAX_SAFE_INTEGER): Version[] {
    const found = this.#run(
      `SELECT ${columns} FROM ${tables} WHERE device.name = ? AND version.id < ? ORDER BY version.id DESC LIMIT ?`,
    ).all(device, before, limit);
    return found.map(toVersion);
  }

  /** Versions of a time, the oldest first. */
  changes(from: number, to: number, device?: string, limit = 1000): Version[] {
    const found = this.#run(
      `SELECT ${columns} FROM ${tables} WHERE version.time >= ? AND version.time < ? AND (? IS NULL OR device.name = ?)
       ORDER BY version.id DESC LIMIT ?`,
    ).all(from, to, device ?? null, device ?? null, limit);
    return found.map(toVersion).reverse();
  }

  /** Throws a Problem where there is none of that id any more. */
  version(id: number): Version {
    const found = this.#run(`SELECT ${columns} FROM ${tables} WHERE version.id = ?`).get(id);
    if (!found) throw new Problem('configurationGone');
    return toVersion(found);
  }

  /** Throws a Problem where there is none of that id any more, or it is damaged. */
  text(id: number): string {
    return this.textOf(this.#textId(id));
  }

  /** Throws a Problem where it was not kept, or is not to be had by this key. */
  fullText(id: number, key: Uint8Array): string {
    this.version(id);
    const row = this.#run('SELECT data FROM whole WHERE version = ?').get(id) as
      { data: Uint8Array } | undefined;
    if (!row) throw new Problem('configurationMasked');
    const opened = unseal(row.data, key);
    if (!opened) throw new Problem('configurationSealed');
    return inflated(opened);
  }

  diff(from: number, to: number, context?: number, lines?: number): Diff {
    return diffOf(this.text(from), this.text(to), {
      ...(context !== undefined && { context }),
      ...(lines !== undefined && { lines }),
    });
  }

  /** What the last look found that is not saved; null where all is, nobody knows, or it is damaged. */
  unsaved(device: string): Unsaved | null {
    const row = this.#run(
      'SELECT unsaved AS since, unsaved_diff AS data FROM device WHERE name = ?',
    ).get(device) as { since: number | null; data: Uint8Array | null } | undefined;
    if (!row?.since || !row.data) return null;
    try {
      return { since: row.since, diff: JSON.parse(inflated(row.data)) as Diff };
    } catch (error) {
      if (!isBlockDamage(error) && !(error instanceof SyntaxError)) throw error;
      return null;
    }
  }

  /** What a search looks at, the newest first: versions, and the ids of their texts. */
  searched(devices: readonly string[] | undefined, isLatestOnly: boolean) {
    const rows = this.#run(
      `SELECT version.id AS id, version.text AS text, device.name AS device FROM version
       JOIN device ON device.id = version.device ORDER BY version.id DESC`,
    ).all() as { id: number; text: number; device: string }[];
    const seen = new Set<string>();
    return rows.filter(({ device }) => {
      if (devices && !devices.includes(device)) return false;
      if (isLatestOnly && seen.has(device)) return false;
      seen.add(device);
      return true;
    });
  }

  /** The text of an id that {@link searched} gave. Throws a Problem where it is damaged. */
  textOf(id: number): string {
    const text = this.#soundText(id);
    if (text === undefined) throw new Problem('configurationDamaged');
    return text;
  }

  remove(device: string): void {
    transaction(this.#database, () => {
      const known = this.#device(device);
      if (known) this.#removeDevice(known.id);
    });
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #device(name: string): DeviceRow | undefined {
    return this.#run('SELECT id, unsaved FROM device WHERE name = ?').get(name) as
      DeviceRow | undefined;
  }

  #newest(device: number): Newest | undefined {
    return this.#run(
      'SELECT id, text, compared FROM version WHERE device = ? ORDER BY id DESC LIMIT 1',
    ).get(device) as Newest | undefined;
  }

  #keepDevice(
    { device, labels, time, retention }: FetchedConfiguration,
    unsaved: Added['unsaved'],
  ): number {
    const since = unsaved === undefined ? null : (unsaved?.since ?? 0);
    const diff = unsaved ? deflateRawSync(JSON.stringify(unsaved.diff)) : null;
    this.#run(
      `INSERT INTO device (name, labels, fetched, unsaved, unsaved_diff, age) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET labels = excluded.labels, fetched = excluded.fetched, unsaved = excluded.unsaved,
         unsaved_diff = excluded.unsaved_diff, age = excluded.age, failed = NULL, reason = NULL`,
    ).run(device, JSON.stringify(labels), time, since, diff, retention.age);
    return this.#device(device)!.id;
  }

  #keepVersion(
    device: number,
    { text, time, changedBy, full }: FetchedConfiguration,
    compared: Uint8Array,
    diff: Diff | undefined,
  ): number {
    const { lastInsertRowid } = this.#run(
      'INSERT INTO version (device, time, text, compared, added, removed, author) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(
      ...[device, time, this.#keepText(text)],
      compared,
      ...[diff?.added ?? 0, diff?.removed ?? 0, changedBy ?? null],
    );
    const id = Number(lastInsertRowid);
    if (full) {
      const sealed = seal(deflateRawSync(full.text), full.key);
      this.#run('INSERT INTO whole (version, data) VALUES (?, ?)').run(id, sealed);
    }
    return id;
  }

  // One that is there already is written anew where it is damaged.
  #keepText(text: string): number {
    const hash = hashOf(text);
    const known = this.#run('SELECT id FROM text WHERE hash = ?').get(hash) as
      { id: number } | undefined;
    if (known && this.#soundText(known.id) !== undefined) return known.id;
    const data = deflateRawSync(text, { level: 9 });
    if (known) {
      this.#run('UPDATE text SET data = ? WHERE id = ?').run(data, known.id);
      return known.id;
    }
    const size = Buffer.byteLength(text);
    const { lastInsertRowid } = this.#run(
      'INSERT INTO text (hash, size, data) VALUES (?, ?, ?)',
    ).run(hash, size, data);
    return Number(lastInsertRowid);
  }

  // The newest one stays, whatever its age.
  #forget(device: number, { time, retention }: FetchedConfiguration): void {
    const old = this.#run(
      `SELECT id FROM version WHERE device = ?1 AND id < (SELECT max(id) FROM version WHERE device = ?1)
       AND (time < ?2 OR id NOT IN (SELECT id FROM version WHERE device = ?1 ORDER BY id DESC LIMIT ?3))`,
    ).all(device, time - retention.age, retention.count) as { id: number }[];
    for (const { id } of old) this.#removeVersion(id);
  }

  // Devices that were not fetched for as long as their versions are kept.
  #sweep(now: number): void {
    if (Math.abs(now - this.#swept) < day) return;
    this.#swept = now;
    const gone = this.#run(
      'SELECT id FROM device WHERE max(coalesce(fetched, 0), coalesce(failed, 0)) < ? - coalesce(age, ?)',
    ).all(now, 365 * day) as { id: number }[];
    transaction(this.#database, () => {
      for (const { id } of gone) this.#removeDevice(id);
    });
  }

  #removeDevice(id: number): void {
    const own = this.#run('SELECT id FROM version WHERE device = ?').all(id) as { id: number }[];
    for (const version of own) this.#removeVersion(version.id);
    this.#run('DELETE FROM device WHERE id = ?').run(id);
  }

  #removeVersion(id: number): void {
    const { text } = this.#run('SELECT text FROM version WHERE id = ?').get(id) as { text: number };
    this.#run('DELETE FROM version WHERE id = ?').run(id);
    this.#run('DELETE FROM whole WHERE version = ?').run(id);
    this.#run(
      'DELETE FROM text WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM version WHERE text = ?1)',
    ).run(text);
  }

  #textId(version: number): number {
    const row = this.#run('SELECT text FROM version WHERE id = ?').get(version) as
      { text: number } | undefined;
    if (!row) throw new Problem('configurationGone');
    return row.text;
  }

  // Undefined where it is not what was kept.
  #soundText(id: number): string | undefined {
    const row = this.#run('SELECT hash, data FROM text WHERE id = ?').get(id) as
      { hash: Uint8Array; data: Uint8Array } | undefined;
    if (!row) return undefined;
    try {
      const text = inflated(row.data);
      return areEqual(hashOf(text), row.hash) ? text : undefined;
    } catch (error) {
      if (!isBlockDamage(error)) throw error;
      return undefined;
    }
  }

  #findings({ device, labels, text, rules = [] }: FetchedConfiguration) {
    return findingsOf(this.#checked(rules), { ...labels, device }, linesOf(text));
  }

  // They were checked before they came here; compiled once for many devices.
  #checked(rules: readonly RuleInput[]): ConfigurationRule[] {
    const given = JSON.stringify(rules);
    if (this.#rules?.given !== given) {
      const names = new Set<string>();
      const checked = rules.map((rule, i) => checkUniqueRule(`rules[${i}]`, rule, names));
      this.#rules = { given, checked };
    }
    return this.#rules.checked;
  }

  #run(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}

interface DeviceListRow {
  device: string;
  labels: string;
  versions: number;
  fetched: number | null;
  changed: number | null;
  latest: number | null;
  unsaved: number | null;
  failed: number | null;
  reason: string | null;
}

// As many columns as the rows of `columns` have.
function toVersion(row: object): Version {
  const { hash, before, changedBy, isFull, ...rest } = row as Omit<
    Version,
    'before' | 'changedBy' | 'isFull'
  > & { before: number | null; changedBy: string | null; isFull: number };
  return {
    ...rest,
    hash: hash.toLowerCase(),
    ...(before !== null && { before }),
    ...(changedBy !== null && { changedBy }),
    isFull: isFull === 1,
  };
}

function hashOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

function inflated(data: Uint8Array): string {
  return inflateRawSync(data, { maxOutputLength: largest }).toString();
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
