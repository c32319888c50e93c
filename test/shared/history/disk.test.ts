import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '../../../nodes/contract/reading.ts';
import { systemClock } from '../../../nodes/shared/clock.ts';
import { History } from '../../../nodes/shared/history/history.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const day = 86_400_000;

describe('a history on a disk that takes no more', function () {
  this.timeout(60_000);
  const now = Date.now();
  let disk: string;
  let told: (Error | undefined)[];
  let heard: () => void;
  const open: History[] = [];

  const history = (folder = disk, clock = systemClock) => {
    const made: History = new History({
      folder: join(folder, 'history'),
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
      ...{ commitMs: 5, forwards: [], clock },
      tell: (problem) => {
        told.push(problem);
        heard();
      },
    });
    open.push(made);
    return made;
  };
  const readings = (device: string, length: number): Reading[] =>
    Array.from({ length }, (_, i) => ({
      ...{ metric: 'cpu_usage', value: Math.sqrt(i), unit: '%' },
      ...{ time: now - length + i, labels: { device } },
    }));
  const kept = async (one: History) => {
    const span = { from: now - day, to: now, limit: 1e6, maxSeries: 10 };
    const { series } = await one.read({ metrics: '*', labels: '', ...span });
    const lengths = series.map(({ labels, times }) => [labels.device!, times.length] as const);
    return Object.fromEntries(lengths);
  };
  const keys = () => told.map((problem) => problem && (problem as { key?: string }).key);

  function mount(...options: string[]): boolean {
    const { status } = spawnSync('mount', ['-t', 'tmpfs', ...options, 'none', disk]);
    return status === 0;
  }

  /** Takes all room that is left, and returns the file that has it. */
  function fill(): string {
    const path = join(disk, 'full');
    const file = openSync(path, 'w');
    try {
      // A write that finds too little room writes less, and says so by its count only.
      for (let size = 65_536; size >= 1;) {
        if (writeSync(file, Buffer.alloc(size)) < size) size = Math.floor(size / 2);
      }
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
    closeSync(file);
    return path;
  }

  beforeEach(function () {
    disk = mkdtempSync(join(tmpdir(), 'netmon-disk-'));
    told = [];
    heard = () => {};
    if (mount('-o', 'size=4m')) return;
    rmSync(disk, { recursive: true });
    console.log('      skipped: only root on Linux can mount a small disk');
    this.skip();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  it('tells once that it is full, holds what comes up to its bound, and keeps it once there is room', async () => {
    const one = history();
    await one.write(readings('before', 100));
    const full = fill();
    const problem = new Promise<void>((resolve) => (heard = resolve));
    const held = [one.write(readings('first', 20_000)), one.write(readings('second', 20_000))];
    await problem;
    assert.deepEqual(keys(), ['historyFull']);
    held.push(one.write(readings('third', 10_000), true));
    assert.deepEqual(await kept(one), { before: 100 });
    assert.equal(one.pending, 50_000);
    await assert.rejects(one.write(new Array<Reading>(960_000)), { key: 'historyBehind' });
    const over = new Promise<void>((resolve) => (heard = resolve));
    rmSync(full);
    held.push(one.write(readings('fourth', 10), true));
    for (const refused of await Promise.all(held)) {
      assert.deepEqual(refused, { late: 0, early: 0 });
    }
    await over;
    assert.deepEqual(keys(), ['historyFull', undefined]);
    assert.equal(one.pending, 0);
    await one.close();
    const all = { before: 100, first: 20_000, second: 20_000, third: 10_000, fourth: 10 };
    assert.deepEqual(await kept(history()), all);
  });

  it('says what was not kept when it is closed while it is full, and loses nothing else', async () => {
    const one = history();
    await one.write(readings('before', 100));
    const full = fill();
    const problem = new Promise<void>((resolve) => (heard = resolve));
    const held = assert.rejects(one.write(readings('first', 20_000)), { key: 'historyFull' });
    await problem;
    await one.close();
    await held;
    rmSync(full);
    assert.deepEqual(await kept(history()), { before: 100 });
  });

  it('says that it makes no copy there, and leaves nothing of it', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    const one = history(elsewhere);
    await one.write(readings('before', 100));
    fill();
    await assert.rejects(one.backup(disk), { key: 'historyBackup' });
    assert.deepEqual(readdirSync(disk), ['full']);
    await one.close();
    rmSync(elsewhere, { recursive: true });
  });

  it('says that it is read-only, and goes on once it is not', async () => {
    const first = history();
    await first.write(readings('before', 10));
    await first.close();
    assert.equal(spawnSync('mount', ['-o', 'remount,ro', disk]).status, 0);
    const clock = new FakeClock();
    const one = history(disk, clock);
    await assert.rejects(one.open(), { key: 'historyReadOnly' });
    await clock.timerSet();
    await assert.rejects(one.write(readings('first', 10)), { key: 'historyReadOnly' });
    assert.deepEqual(keys(), ['historyReadOnly']);
    assert.equal(spawnSync('mount', ['-o', 'remount,rw', disk]).status, 0);
    await clock.jump();
    await one.open();
    assert.deepEqual(keys(), ['historyReadOnly', undefined]);
    const written = one.write(readings('first', 10));
    clock.advance(20);
    await written;
    assert.deepEqual(await kept(one), { before: 10, first: 10 });
  });
});
