import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateSync } from 'node:zlib';
import { read } from '../../../../nodes/shared/history/store/query.ts';
import { Store } from '../../../../nodes/shared/history/store/store.ts';
import { atOnce } from '../../../../nodes/shared/steps.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 10, 23);
const devices = 20;
const points = 1200;

/** Numbers that look random and are the same each time (Park and Miller 1988). */
function* numbers(): Generator<number, never> {
  for (let n = 20_261_128; ; n = (n * 48_271) % 2_147_483_647) yield n;
}

// Of digits that do not repeat, so that most of a file is values (Knuth's multiplicative hash).
const valueOf = (device: number, i: number) =>
  (Math.imul(i * devices + device + 1, 2_654_435_761) >>> 8) / 1000;

describe('a history with damage in it', () => {
  let folder: string;
  let store: Store;
  let aside: string[];
  let leftOut: string[];

  const open = (path: string) => new DatabaseSync(path, { timeout: 0 });
  const reopen = () => {
    [aside, leftOut] = [[], []];
    store = new Store(folder, {
      open,
      now: () => start + day,
      steady: () => 0,
      damaged: (file) => aside.push(file),
      leftOut: (file) => leftOut.push(file),
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 5 * 365 * day }, size: 1e9 },
    });
  };
  const names = Array.from({ length: devices }, (_, device) => ({
    metric: 'in_rate',
    labels: { device: String(device) },
    unit: 'bit/s',
    info: undefined,
  }));
  const asked = { takes: () => true, from: start, to: start + day, limit: 1e6, maxSeries: 1e4 };
  const raw = () => atOnce(read(store, asked)).series;
  const edges = Float64Array.from({ length: 289 }, (_, i) => start + i * 5 * minute);
  const sums = () => atOnce(read(store, { ...asked, edges, aggregations: ['sum'] })).series;
  const file = (suffix: string) =>
    join(
      folder,
      readdirSync(folder).find((name) => name.endsWith(suffix))!,
    );
  const edit = (path: string, sql: string) => {
    const database = open(path);
    database.exec(sql);
    database.close();
  };
  const write = (from: number, to: number) => {
    const length = (to - from) * devices;
    store.append(names, {
      series: Array.from({ length }, (_, n) => n % devices),
      times: Float64Array.from(
        { length },
        (_, n) => start + (from + Math.floor(n / devices)) * minute,
      ),
      values: Float64Array.from({ length }, (_, n) =>
        valueOf(n % devices, from + Math.floor(n / devices)),
      ),
    });
  };
  /** how many points there are, each of which must be right */
  const right = () => {
    let count = 0;
    for (const { labels, times, columns } of raw()) {
      for (const [n, time] of times.entries()) {
        const expected = valueOf(Number(labels.device), (time - start) / minute);
        assert.equal(columns.value![n], expected, `${labels.device} at ${time}`);
      }
      count += times.length;
    }
    return count;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    reopen();
    write(0, points);
    atOnce(store.flush());
  });

  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  it('gives no wrong reading and loses no more than is damaged, whichever bit is flipped', () => {
    store.close();
    const path = file('raw.db');
    const whole = readFileSync(path);
    const random = numbers();
    const found: number[] = [];
    for (let n = 0; n < 200; n++) {
      const flipped = Buffer.from(whole);
      // Beyond the tables of the first pages.
      const at = 16_384 + (random.next().value % (whole.length - 16_384));
      flipped[at]! ^= 1 << (random.next().value % 8);
      writeFileSync(path, flipped);
      reopen();
      const count = right();
      if (aside.length > 0) for (const each of aside) assert.equal(each, path);
      else found.push(count);
      if (leftOut.length > 0) assert.deepEqual(leftOut, [path]);
      // What comes is kept.
      if (n % 10 === 0) {
        write(points, points + 1);
        atOnce(store.flush());
        assert.ok(right() >= devices);
      }
      store.close();
      for (const name of readdirSync(folder)) {
        if (name.includes('raw.db')) rmSync(join(folder, name));
      }
    }
    writeFileSync(path, whole);
    reopen();
    const all = devices * points;
    assert.ok(found.length > 150, `${found.length} files were read`);
    // Most flips are in a block, and some in what all series share: the times.
    const oneBlock = found.filter((count) => count < all && count >= all - 512);
    assert.ok(oneBlock.length > 100, `${oneBlock.length} lost one block`);
  }).timeout(120_000);

  it('gives no wrong summary, whichever bit is flipped', () => {
    const expected = new Map(sums().map(({ labels, columns }) => [labels.device, columns.sum!]));
    store.close();
    const path = file('5m.db');
    const whole = readFileSync(path);
    const random = numbers();
    let lost = 0;
    for (let n = 0; n < 100; n++) {
      const flipped = Buffer.from(whole);
      const at = 16_384 + (random.next().value % (whole.length - 16_384));
      flipped[at]! ^= 1 << (random.next().value % 8);
      writeFileSync(path, flipped);
      reopen();
      const found = sums();
      lost += devices - found.length;
      for (const { labels, columns } of found) {
        for (const [i, sum] of columns.sum!.entries()) {
          if (!Number.isNaN(sum)) assert.equal(sum, expected.get(labels.device)![i]);
        }
      }
      store.close();
      for (const name of readdirSync(folder)) {
        if (name.includes('5m.db')) rmSync(join(folder, name));
      }
    }
    writeFileSync(path, whole);
    reopen();
    assert.ok(lost > 30, `${lost}`);
  }).timeout(120_000);

  it('tells once of a file with blocks that are damaged, and reads the others', () => {
    store.close();
    const path = file('raw.db');
    edit(path, `UPDATE block SET data = zeroblob(9) WHERE series IN (1, 2)`);
    // A block in the place of another is damage too.
    edit(
      path,
      'UPDATE block SET data = (SELECT data FROM block WHERE series = 4) WHERE series = 3',
    );
    edit(path, 'UPDATE block SET checksum = NULL WHERE series = 5');
    reopen();
    for (let n = 0; n < 2; n++) assert.equal(right(), (devices - 4) * points);
    assert.deepEqual([aside, leftOut], [[], [path]]);
  });

  it('reads what an earlier version kept without checksums, and checks what comes', () => {
    store.close();
    for (const suffix of ['raw.db', '5m.db', '1h.db']) {
      edit(
        file(suffix),
        `ALTER TABLE block DROP COLUMN checksum; ALTER TABLE chunk DROP COLUMN checksum;
         DROP TABLE unchecked; PRAGMA user_version = 1`,
      );
    }
    edit(file('journal.db'), 'PRAGMA user_version = 1');
    reopen();
    const before = sums();
    assert.equal(right(), devices * points);
    write(points, points + 10);
    atOnce(store.flush());
    assert.equal(right(), devices * (points + 10));
    store.close();
    // Blocks of before have none, those that came have one.
    edit(file('raw.db'), `UPDATE block SET checksum = 1 WHERE checksum IS NOT NULL`);
    reopen();
    assert.equal(right(), devices * points);
    assert.equal(before.length, devices);
  });

  it('takes batches of an earlier version, and none that is damaged', () => {
    write(points, points + 1);
    write(points + 1, points + 2);
    store.close();
    const database = open(file('journal.db'));
    const rows = database.prepare('SELECT id, data FROM batch ORDER BY id').all() as {
      id: number;
      data: Uint8Array;
    }[];
    const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]];
    const set = database.prepare('UPDATE batch SET data = ? WHERE id = ?');
    set.run(deflateRawSync(inflateSync(first.data)), first.id);
    second.data[second.data.length - 8]! ^= 1;
    set.run(second.data, second.id);
    database.close();
    reopen();
    assert.equal(right(), devices * (points + 1));
    assert.deepEqual(leftOut, ['journal.db']);
  });
});
