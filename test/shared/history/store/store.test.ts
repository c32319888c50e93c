import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { formatVersion } from '../../../../nodes/shared/history/store/journal.ts';
import { type Query, read } from '../../../../nodes/shared/history/store/query.ts';
import type { SeriesName } from '../../../../nodes/shared/history/store/series-list.ts';
import { Store, type StoreOptions } from '../../../../nodes/shared/history/store/store.ts';
import { atOnce } from '../../../../nodes/shared/steps.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 23);

const name = (device: string, metric = 'cpu_usage'): SeriesName => ({
  metric,
  labels: { device },
  unit: '%',
  info: undefined,
});

describe('Store', () => {
  let folder: string;
  let now: number;
  let steady: number;
  let perLook: number;
  let store: Store;
  let damaged: string[];
  let leftOut: string[];

  const open = (path: string) => new DatabaseSync(path, { timeout: 0 });
  const reopen = (retention: Partial<StoreOptions['retention']> = {}) => {
    store = new Store(folder, {
      open,
      now: () => now,
      steady: () => (steady += perLook),
      damaged: (file) => damaged.push(file),
      leftOut: (file) => leftOut.push(file),
      retention: {
        ages: { raw: 90 * day, '5m': 365 * day, '1h': 5 * 365 * day },
        size: 1e9,
        ...retention,
      },
    });
  };
  const write = (series: SeriesName, ...points: [number, number][]) =>
    store.append([series], {
      series: points.map(() => 0),
      times: Float64Array.from(points, ([time]) => time),
      values: Float64Array.from(points, ([, value]) => value),
    });
  /** so many points, of which each has its number as its value */
  const every = (step: number, count: number) =>
    Array.from({ length: count }, (_, i): [number, number] => [start + i * step, i]);
  const query = (asked: Partial<Query> = {}) =>
    atOnce(
      read(store, {
        takes: () => true,
        from: start,
        to: start + day,
        limit: 1e6,
        maxSeries: 1e4,
        ...asked,
      }),
    );
  // As it is found after a crash: what is in the files now, opened by another.
  const crash = () => {
    const copy = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    cpSync(folder, copy, { recursive: true });
    store.close();
    rmSync(folder, { recursive: true });
    folder = copy;
    reopen();
  };
  const values = (asked: Partial<Query> = {}) =>
    query(asked).series.map(({ columns }) => Array.from(columns.value!));
  const edges = (step: number, from = start, to = start + day) =>
    Float64Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
  const files = () =>
    readdirSync(folder)
      .filter((file) => !/-(wal|shm)$/.test(file))
      .sort();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    now = start + 12 * hour;
    steady = 0;
    perLook = 0;
    [damaged, leftOut] = [[], []];
    reopen();
  });

  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  it('gives back readings, in memory, in blocks and after a restart', () => {
    write(name('a'), [start, 1.5], [start + minute, 2.25]);
    write(name('b'), [start, 7]);
    assert.deepEqual(values(), [[1.5, 2.25], [7]]);
    atOnce(store.flush());
    write(name('a'), [start + 2 * minute, 3]);
    assert.deepEqual(values(), [[1.5, 2.25, 3], [7]]);
    store.close();
    reopen();
    assert.deepEqual(values(), [[1.5, 2.25, 3], [7]]);
    assert.equal(files().length, 4);
    assert.equal(store.status.readings, 4);
  });

  it('takes the later of two readings of one time, and late ones at their place', () => {
    write(name('a'), [start, 1], [start + minute, 2]);
    atOnce(store.flush());
    write(name('a'), [start + minute, 20], [start + 30_000, 5]);
    assert.deepEqual(values(), [[1, 5, 20]]);
    atOnce(store.flush());
    assert.deepEqual(values(), [[1, 5, 20]]);
    const { columns } = query({ edges: edges(5 * minute), aggregations: ['sum', 'count'] })
      .series[0]!;
    assert.deepEqual([columns.sum![0], columns.count![0]], [26, 3]);
  });

  it('keeps what comes once more no second time, but what is different', () => {
    const points = every(minute, 600);
    write(name('a'), ...points);
    atOnce(store.flush());
    write(name('a'), ...points, [start + 500 * minute, 7], [start + 600 * minute, 8]);
    atOnce(store.flush());
    assert.equal(store.status.readings, 601);
    const [column] = values();
    assert.deepEqual([column!.length, column![499], column![500], column![600]], [601, 499, 7, 8]);
    const { columns } = query({ edges: edges(day), aggregations: ['count'] }).series[0]!;
    assert.equal(columns.count![0], 601);
  });

  it('refuses what is too old or of the future, and counts it', () => {
    const refused = write(name('a'), [now - 91 * day, 1], [now + 11 * minute, 2], [now, 3]);
    assert.deepEqual(refused, { late: 1, early: 1 });
    assert.deepEqual(values(), [[3]]);
  });

  it('summarizes steps from readings and from tiers alike', () => {
    write(name('a'), ...every(minute, 12 * 60));
    const asked = {
      edges: edges(hour),
      aggregations: ['average', 'min', 'max', 'sum', 'last', 'count', 'rate'] as const,
    };
    const before = query(asked).series;
    assert.equal(before[0]!.columns.average![3], 209.5);
    assert.equal(before[0]!.columns.max![0], 59);
    assert.equal(before[0]!.columns.rate![1], 1 / 60);
    assert.ok(Number.isNaN(before[0]!.columns.count![12]));
    atOnce(store.flush());
    assert.deepEqual(query(asked).series, before);
    write(name('a'), [start + 11.5 * hour + 1, 1000]);
    assert.equal(query(asked).series[0]!.columns.max![11], 1000);
    assert.equal(query(asked).series[0]!.columns.count![11], 61);
  });

  it('finds percentiles by the nearest rank', () => {
    write(name('a'), ...every(1000, 101).slice(1));
    const { columns } = query({ edges: edges(hour), aggregations: ['p50', 'p95'] }).series[0]!;
    assert.deepEqual([columns.p50![0], columns.p95![0]], [50, 95]);
  });

  it('has the coarser tier where readings are no longer kept', () => {
    write(name('a'), ...every(minute, 60));
    atOnce(store.flush());
    store.close();
    now = start + 30 * day;
    reopen({ ages: { raw: 10 * day, '5m': 365 * day, '1h': 5 * 365 * day } });
    store.sweep();
    assert.deepEqual(values(), []);
    const [one] = query({ edges: edges(10_000, start, start + 5 * minute) }).series;
    assert.equal(one!.columns.average![0], 2);
  });

  it('removes the oldest files where all are too large', () => {
    for (let week = 0; week < 4; week++) {
      now = start + week * 7 * day;
      write(name('a'), [now, week]);
      atOnce(store.flush());
    }
    now += 7 * day;
    assert.equal(files().filter((file) => file.endsWith('raw.db')).length, 4);
    store.close();
    reopen({ size: 1 });
    store.sweep();
    assert.equal(files().filter((file) => file.endsWith('raw.db')).length, 0);
  });

  it('forgets series of which nothing is kept', () => {
    write(name('a'), [start, 1]);
    atOnce(store.flush());
    now = start + 6 * 365 * day;
    store.sweep();
    write(name('b'), [now, 1]);
    assert.equal(store.status.series, 1);
  });

  it('puts a damaged file aside and goes on', () => {
    write(name('a'), [start, 1]);
    atOnce(store.flush());
    store.close();
    const file = files().find((each) => each.endsWith('raw.db'))!;
    writeFileSync(join(folder, file), 'no database at all, but long enough to be read as one');
    reopen();
    write(name('a'), [start + minute, 2]);
    assert.deepEqual(values(), [[2]]);
    assert.deepEqual(damaged, [join(folder, file)]);
    assert.ok(files().some((each) => each.startsWith(`${file}.damaged-`)));
  });

  it('keeps other processes out, and knows what is none of its files', () => {
    assert.throws(() => new Store(folder, { ...options(), open }), { reason: 'inUse' });
    const other = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    writeFileSync(join(other, 'journal.db'), 'x'.repeat(4096));
    assert.throws(() => new Store(other, { ...options(), open }), { reason: 'foreign' });
    rmSync(other, { recursive: true });
  });

  it('leaves the files of a later Netmon alone', () => {
    const raise = (file: string) => {
      const database = open(join(folder, file));
      database.exec('PRAGMA user_version = 99');
      database.close();
    };
    write(name('a'), [start, 1]);
    atOnce(store.flush());
    store.close();
    const raw = files().find((file) => file.endsWith('raw.db'))!;
    raise(raw);
    reopen();
    assert.throws(() => values(), { reason: 'newer' });
    assert.ok(files().includes(raw));
    store.close();
    raise('journal.db');
    assert.throws(() => new Store(folder, options()), { reason: 'newer' });
    // For what ends each test.
    const database = open(join(folder, 'journal.db'));
    database.exec(`PRAGMA user_version = ${formatVersion}`);
    database.close();
    reopen();
  });

  const options = (): StoreOptions => ({
    open,
    now: () => now,
    steady: () => now,
    retention: { ages: { raw: day, '5m': day, '1h': day }, size: 1e9 },
  });

  it('keeps nothing of what a full disk refuses, and goes on once there is room', () => {
    write(name('a'), [start, 1]);
    store.close();
    let pages = 20;
    const original = open;
    store = new Store(folder, {
      ...options(),
      open(path) {
        const database = original(path);
        database.exec(`PRAGMA max_page_count = ${pages}`);
        return database;
      },
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 5 * 365 * day }, size: 1e9 },
    });
    const many = Array.from({ length: 5000 }, (_, i): [number, number] => [
      start + i,
      Math.sqrt(i),
    ]);
    assert.throws(() => write(name('b'), ...many), { errcode: 13 });
    assert.deepEqual(values(), [[1]]);
    assert.deepEqual(write(name('a'), [start + minute, 2]), { late: 0, early: 0 });
    store.close();
    pages = 1e6;
    reopen();
    assert.deepEqual(values(), [[1, 2]]);
    write(name('b'), ...many);
    assert.equal(store.status.readings, 5002);
  });

  it('leaves out a batch that is damaged, and tells of it', () => {
    write(name('a'), [start, 1]);
    write(name('a'), [start + 1, 2]);
    write(name('a'), [start + 2, 3]);
    store.close();
    const database = open(join(folder, 'journal.db'));
    database.exec("UPDATE batch SET data = x'00ff' WHERE id = 2");
    database.close();
    reopen();
    assert.deepEqual(leftOut, ['journal.db']);
    assert.deepEqual(values(), [[1, 3]]);
  });

  it('goes on after a flush that was cut off, with nothing lost and nothing twice', () => {
    const names = Array.from({ length: 60 }, (_, i) => name(`d${i}`));
    const writeAll = (time: number, value: number) => {
      for (const each of names) write(each, [time, value]);
    };
    writeAll(start, 1);
    const cut = store.flush();
    cut.next();
    writeAll(start + minute, 2);
    crash();
    // The journal may not say so yet of the blocks that there are.
    assert.equal(store.status.inMemory, 120);
    writeAll(start + 2 * minute, 3);
    crash();
    assert.deepEqual(values(), Array(60).fill([1, 2, 3]));
    atOnce(store.flush());
    assert.equal(store.status.readings, 180);
    crash();
    // A cut flush of what came before is of an older generation than what comes now.
    writeAll(start + 3 * minute, 4);
    crash();
    assert.deepEqual(values(), Array(60).fill([1, 2, 3, 4]));
    assert.equal(store.status.readings, 240);
  });

  it('loses nothing and has nothing twice wherever a flush is cut off', () => {
    const names = Array.from({ length: 40 }, (_, i) => name(`d${i}`));
    const expected: number[] = [];
    for (let steps = 1, ended: boolean | undefined = false; !ended; steps++) {
      const times = Float64Array.from(names, () => start + steps * minute);
      const series = names.map((_, i) => i);
      store.append(names, { series, times, values: times.map(() => steps) });
      expected.push(steps);
      const cut = store.flush();
      for (let i = 0; i < steps; i++) ended = cut.next().done;
      crash();
      assert.deepEqual(values(), Array(40).fill(expected));
    }
    atOnce(store.flush());
    assert.deepEqual(values(), Array(40).fill(expected));
    assert.equal(store.status.readings, 40 * expected.length);
    const [counts] = query({ edges: edges(60 * minute), aggregations: ['count'] }).series;
    assert.equal(counts!.columns.count![0], expected.length);
  });

  it('says of many blocks at a time that they are kept', () => {
    const names = Array.from({ length: 1500 }, (_, i) => name(`d${i}`));
    const series = names.map((_, i) => i);
    const times = new Float64Array(1500).fill(start);
    store.append(names, { series, times, values: times });
    const cut = store.flush();
    const left = () => Array.from(store.series).filter(({ frozen }) => frozen).length;
    do cut.next();
    while (left() > 100);
    crash();
    const { inMemory } = store.status;
    assert.ok(inMemory > 0 && inMemory <= 500, `${inMemory}`);
    atOnce(store.flush());
    assert.equal(store.status.readings, 1500);
  }).timeout(60_000);

  it('puts what came late together with the block of its time', () => {
    write(name('a'), [start, 1], [start + 2 * minute, 3]);
    write(name('b'), [start, 7]);
    atOnce(store.flush());
    write(name('a'), [start + minute, 2], [start + 2 * minute, 4]);
    atOnce(store.flush());
    assert.deepEqual(values(), [[1, 2, 4], [7]]);
    assert.equal(store.status.readings, 4);
  });

  it('flushes fewer series at a time where they take long', () => {
    for (let i = 0; i < 100; i++) write(name(`d${i}`), [start, 1]);
    const left = () => Array.from(store.series).filter(({ frozen }) => frozen).length;
    const slices: number[] = [];
    const flush = store.flush();
    // Each slice seems to take 40 ms.
    perLook = 40;
    for (let before = 100; !flush.next().done; before = left()) slices.push(before - left());
    assert.deepEqual(slices.slice(0, 4), [25, 13, 7, 4]);
  });

  it('groups series, and takes the largest', () => {
    write(name('a'), [start, 1]);
    write(name('b'), [start, 3]);
    write(name('c'), [start, 10]);
    const asked = { edges: edges(day) };
    const top = query({ ...asked, top: 2 }).series.map(({ labels }) => labels.device);
    assert.deepEqual(top, ['c', 'b']);
    const sums = (['sum', 'average', 'min', 'max'] as const).map(
      (across) => query({ ...asked, group: { by: [], across } }).series[0]!.columns.average![0],
    );
    assert.deepEqual(sums, [14, 14 / 3, 1, 10]);
  });

  it('says what an answer leaves out', () => {
    for (const device of ['a', 'b', 'c']) write(name(device), [start, 1]);
    const { series, omitted } = query({ maxSeries: 2 });
    assert.deepEqual([series.length, omitted], [2, 1]);
  });
});
