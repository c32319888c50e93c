import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Reading } from '../../../nodes/contract/reading.ts';
import { systemClock } from '../../../nodes/shared/clock.ts';
import { History } from '../../../nodes/shared/history/history.ts';
import type { AskedQuery } from '../../../nodes/shared/history/store/messages.ts';
import type { Answer } from '../../../nodes/shared/history/store/query.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { root } from '../../support/red.ts';

const day = 86_400_000;

describe('History', () => {
  let folder: string;
  const open: History[] = [];
  let told: (Error | undefined)[];

  const settings = (where: string) => ({
    folder: where,
    retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
    commitMs: 10,
    forwards: [],
  });
  const history = (where = folder) => {
    const made = new History({
      ...settings(where),
      clock: systemClock,
      tell: (problem) => told.push(problem),
    });
    open.push(made);
    return made;
  };
  const now = Date.now();
  const reading = (device: string, value: number, more: Partial<Reading> = {}): Reading => ({
    ...{ metric: 'cpu_usage', value, unit: '%', time: now, labels: { device } },
    ...more,
  });
  const query = (more: Partial<AskedQuery> = {}): AskedQuery => ({
    ...{ metrics: '*', labels: '', from: now - 1000, to: now + 1000 },
    ...{ limit: 1e6, maxSeries: 1000 },
    ...more,
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    told = [];
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('is copied while it is in use, with all that was acknowledged before', async () => {
    const one = history();
    // Some go into blocks, and some stay in the journal.
    for (let i = 0; i < 4; i++) {
      await one.write(
        Array.from({ length: 300 }, (_, n) => reading('a', i, { time: now - 2000 + i * 300 + n })),
      );
    }
    const target = join(folder, 'backups');
    let acknowledged = 0;
    const copied = one.backup(target);
    for (let i = 0; i < 20; i++) {
      await one.write([reading('b', i, { time: now - 500 + i })]);
      acknowledged++;
    }
    const made = await copied;
    await one.write([reading('c', 1)]);
    const all = query({ from: now - day });
    const countOf = (answer: Answer, device: string) =>
      answer.series.find(({ labels }) => labels.device === device)?.times.length ?? 0;
    const other = history(made);
    const answer = await other.read(all);
    assert.equal(countOf(answer, 'a'), 1200);
    assert.ok(countOf(answer, 'b') <= acknowledged);
    assert.equal(countOf(answer, 'c'), 0);
    assert.deepEqual(readdirSync(target), [basename(made)]);
    assert.ok(readdirSync(made).some((name) => name.endsWith('-raw.db')));
    assert.equal(countOf(await one.read(all), 'c'), 1);
    assert.notEqual(await one.backup(target), made);
  });

  it('says why it is not copied, and leaves nothing behind', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const one = history(join(folder, 'kept'));
    await assert.rejects(one.backup(file), { key: 'historyBackup' });
    await one.write([reading('a', 1)]);
  });

  it('removes with a copy what is left of one that was broken off a day ago, and nothing else', async () => {
    const target = join(folder, 'backups');
    const yesterday = new Date(now - 2 * day);
    const names = ['netmon-history-2026-01-01T00-00-00-000Z', 'my own'];
    for (const name of names.flatMap((name) => [name, `${name}.part`])) {
      mkdirSync(join(target, name), { recursive: true });
      utimesSync(join(target, name), yesterday, yesterday);
    }
    const young = 'netmon-history-2026-01-02T00-00-00-000Z.part';
    mkdirSync(join(target, young));
    const made = await history().backup(target);
    assert.deepEqual(readdirSync(target).sort(), [
      ...[names[1], `${names[1]}.part`, names[0], young, basename(made)].sort(),
    ]);
  });

  it('keeps readings, and gives them back after it was closed', async () => {
    const one = history();
    assert.deepEqual(await one.write([reading('a', 1.5), reading('b', 2)]), { late: 0, early: 0 });
    await one.write([reading('a', 3, { time: now + 1, info: { alias: 'x' } })]);
    await one.close();
    const other = history();
    const { series } = await other.read(query());
    assert.deepEqual(
      series.map(({ labels, info, columns }) => [labels, info, [...columns.value!]]),
      [
        [{ device: 'a' }, { alias: 'x' }, [1.5, 3]],
        [{ device: 'b' }, undefined, [2]],
      ],
    );
  });

  it('takes metrics by wildcard and labels by matcher', async () => {
    const one = history();
    await one.write([
      reading('a', 1),
      reading('b', 2),
      reading('a', 3, { metric: 'in_rate', labels: { device: 'a', interface: 'eth0' } }),
    ]);
    const devices = async (asked: Partial<AskedQuery>) =>
      (await one.read(query(asked))).series.map(
        ({ metric, labels }) => `${metric}${labels.device}`,
      );
    assert.deepEqual(await devices({ metrics: 'cpu_*' }), ['cpu_usagea', 'cpu_usageb']);
    assert.deepEqual(await devices({ labels: 'device=a' }), ['cpu_usagea', 'in_ratea']);
  });

  it('tells series apart whose labels begin alike', async () => {
    const one = history();
    const labels = [{ device: 'a' }, { device: 'a', x: '1' }, { x: '1', device: 'a' }];
    for (const [i, each] of labels.entries()) {
      await one.write([reading('a', i, { labels: each, time: now + i })]);
    }
    const { series } = await one.read(query());
    assert.deepEqual(
      series.map(({ columns }) => [...columns.value!]),
      [[0], [1, 2]],
    );
  });

  it('says how many were refused', async () => {
    const one = history();
    const times = [now - 100 * day, now + day, now];
    const refused = await one.write(times.map((time) => reading('a', 1, { time })));
    assert.deepEqual(refused, { late: 1, early: 1 });
  });

  it('sees what was written just before', async () => {
    const one = history();
    const written = one.write([reading('a', 1)]);
    await written;
    assert.equal((await one.read(query())).series.length, 1);
    const { series, inMemory } = await one.status();
    assert.deepEqual([series, inMemory], [1, 1]);
  });

  it('takes a message of any size a little at a time, and keeps all of it when it is closed', async () => {
    const one = history();
    const many = Array.from({ length: 20_000 }, (_, i) => reading(`d${i}`, i));
    const written = one.write(many);
    const closed = one.close();
    assert.deepEqual(await written, { late: 0, early: 0 });
    await closed;
    const { series, readings } = await history().status();
    assert.deepEqual([series, readings], [20_000, 20_000]);
  });

  it('starts its thread again when it ended, and tells whoever waits', async () => {
    const clock = new FakeClock();
    const path = join(folder, 'history');
    // No folder can be made in its place.
    writeFileSync(path, '');
    const one = new History({ ...settings(path), clock, tell: (problem) => told.push(problem) });
    open.push(one);
    await assert.rejects(one.open(), { key: 'historyFailed' });
    assert.equal(told.length, 1);
    // Its end is known when it is to be started again.
    await clock.timerSet();
    await assert.rejects(one.write([reading('a', 1)]), { key: 'historyFailed' });
    rmSync(path);
    await clock.jump();
    await one.open();
    assert.deepEqual(
      told.map((problem) => problem?.name),
      ['Problem', undefined],
      'that it is over',
    );
    const written = one.write([reading('a', 1)]);
    clock.advance(20);
    assert.deepEqual(await written, { late: 0, early: 0 });
  });

  it('tells that its folder is gone, and goes on', async () => {
    const one = history();
    await one.write([reading('a', 1)]);
    rmSync(folder, { recursive: true });
    await assert.rejects(one.status(), { key: 'historyFailed' });
    assert.equal((await one.read(query())).series.length, 1);
  });

  it('fails with one clear problem where another has the folder', async function () {
    // SQLite waits for the other a while.
    this.timeout(60_000);
    await history().open();
    const second = history();
    await assert.rejects(second.open(), { key: 'historyInUse' });
    await assert.rejects(second.write([reading('a', 1)]), { key: 'historyInUse' });
  });

  it('says once which Node.js it needs where this one has no SQLite', () => {
    const at = (...path: string[]) => pathToFileURL(join(root, 'nodes', 'shared', ...path)).href;
    const made = { ...settings(folder), tell: undefined, clock: undefined };
    const script = `
      import { History } from '${at('history', 'history.ts')}';
      import { systemClock } from '${at('clock.ts')}';
      const tell = ({ key }) => console.log('told', key);
      const history = new History({ ...${JSON.stringify(made)}, clock: systemClock, tell });
      for (let n = 0; n < 2; n++) await history.latest(0).catch(({ key }) => console.log('failed', key));
      await history.close();`;
    const file = join(folder, 'without-sqlite.mjs');
    writeFileSync(file, script);
    const output = execFileSync(process.execPath, [file], {
      env: { ...process.env, NODE_OPTIONS: '--no-experimental-sqlite' },
      encoding: 'utf8',
    });
    const lines = output.trim().split('\n').sort();
    assert.deepEqual(lines, ['failed historyNode', 'failed historyNode', 'told historyNode']);
  });

  it('ends a query that nobody waits for', async () => {
    const one = history();
    await one.write([reading('a', 1)]);
    const stop = new AbortController();
    const asked = one.read(query(), stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(asked, { message: 'enough' });
  });
});
