import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SeriesName } from '../../../../nodes/shared/history/store/series-list.ts';
import { Store } from '../../../../nodes/shared/history/store/store.ts';
import { atOnce } from '../../../../nodes/shared/steps.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 23);
const series: SeriesName = { metric: 'm', labels: {}, unit: '1', info: undefined };

describe('Outbox', () => {
  let folder: string;
  let now: number;
  let store: Store;
  let damaged: string[];
  let journal: DatabaseSync;

  const open = (path: string) => {
    const database = new DatabaseSync(path, { timeout: 0 });
    if (path.endsWith('journal.db')) journal = database;
    return database;
  };
  const reopen = (receivers = ['r'], size = 1e9) => {
    store = new Store(folder, {
      open,
      now: () => now,
      steady: () => 0,
      damaged: (file) => damaged.push(file),
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 5 * 365 * day }, size },
    });
    store.outbox.receivers = receivers;
  };
  let count = 0;
  /** Writes so many readings in one batch, each with its number as its value. */
  const write = (length = 1, random = false) => {
    const values = Float64Array.from({ length }, () => (random ? Math.random() : count++));
    store.append([series], {
      series: new Float64Array(length),
      times: Float64Array.from(values, (_, i) => now - length + i),
      values,
    });
  };
  /** All that a receiver has not got. */
  const waiting = (receiver = 'r') => {
    const all: number[] = [];
    let position = store.outbox.position(receiver);
    for (;;) {
      const next = store.outbox.next(position);
      if (!next) return all;
      all.push(...next.batch.values);
      position = next.position + next.batch.values.length;
    }
  };
  const file = () => join(folder, 'outbox.db');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    now = start;
    count = 1;
    damaged = [];
    reopen();
  });

  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives what comes after a receiver was named, from any position on', () => {
    reopenWithout();
    write(2);
    store.outbox.receivers = ['r'];
    write(3);
    write();
    assert.deepEqual(waiting(), [3, 4, 5, 6]);
    assert.equal(store.outbox.behind('r'), 4);
    const { position, batch } = store.outbox.next(store.outbox.position('r') + 1)!;
    assert.deepEqual(
      [position, [...batch.values], [...(batch.series as number[])]],
      [...[3, [4, 5], Array.from(batch.series)]],
    );
    store.outbox.advance('r', 4);
    assert.deepEqual(waiting(), [5, 6]);
    store.outbox.advance('r', 6);
    assert.deepEqual([waiting(), store.outbox.behind('r')], [[], 0]);
  });

  it('knows after a restart what each receiver has had', () => {
    store.outbox.receivers = ['r', 's'];
    write(2);
    store.outbox.advance('r', 1);
    store.outbox.advance('s', 2);
    store.close();
    reopen(['r', 's']);
    assert.deepEqual([waiting('r'), waiting('s')], [[2], []]);
    write();
    assert.deepEqual([waiting('r'), waiting('s')], [[2, 3], [3]]);
  });

  it('keeps what was made blocks until all have had it', () => {
    store.outbox.receivers = ['r', 's'];
    write(3);
    store.outbox.advance('r', 2);
    atOnce(store.flush());
    assert.ok(existsSync(file()));
    write();
    store.close();
    reopen(['r', 's']);
    assert.deepEqual(
      [waiting('r'), waiting('s')],
      [
        [3, 4],
        [1, 2, 3, 4],
      ],
    );
    store.outbox.advance('r', 4);
    store.outbox.advance('s', 3);
    assert.ok(!existsSync(file()));
    assert.deepEqual(waiting('s'), [4]);
  });

  it('keeps nothing where all is had, or nobody is to get it', () => {
    write();
    store.outbox.advance('r', 1);
    atOnce(store.flush());
    assert.ok(!existsSync(file()));
    write();
    assert.deepEqual([waiting(), store.outbox.position('r')], [[2], 1]);
  });

  it('counts on over a restart that finds an empty journal', () => {
    write(5);
    store.outbox.advance('r', 5);
    atOnce(store.flush());
    store.close();
    reopen();
    write();
    assert.deepEqual([waiting(), store.outbox.behind('r')], [[6], 1]);
  });

  it('does not count what could not be kept', () => {
    journal.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON batch
      BEGIN SELECT RAISE(ABORT, 'full'); END`);
    assert.throws(() => write(), /full/);
    journal.exec('DROP TRIGGER full');
    write();
    assert.deepEqual([waiting(), store.outbox.behind('r')], [[2], 1]);
  });

  it('drops what waits for longer than readings are kept, or is too much', () => {
    write();
    atOnce(store.flush());
    now += 91 * day;
    write();
    atOnce(store.flush());
    store.sweep();
    assert.deepEqual(waiting(), [2]);
    for (let i = 0; i < 40; i++) write(1000, true);
    atOnce(store.flush());
    store.close();
    reopen(['r'], 200_000);
    store.sweep();
    const left = waiting().length;
    assert.ok(left > 5000 && left < 15_000, String(left));
  });

  it('puts a damaged file aside, and goes on with what the journal has', () => {
    write();
    atOnce(store.flush());
    write();
    store.close();
    writeFileSync(file(), 'no database at all, but long enough to be read as one'.repeat(100));
    reopen();
    assert.deepEqual(damaged, [file()]);
    assert.deepEqual(waiting(), [2]);
  });

  it('does not wait for a receiver that nobody named for an hour', () => {
    store.outbox.receivers = ['r', 'gone'];
    store.close();
    reopen();
    write();
    store.outbox.advance('r', 1);
    now += 3_600_000;
    store.sweep();
    atOnce(store.flush());
    assert.ok(!existsSync(file()));
  });

  const reopenWithout = () => {
    store.close();
    rmSync(folder, { recursive: true });
    reopen([]);
  };
});
