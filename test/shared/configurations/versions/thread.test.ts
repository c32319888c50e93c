import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import type { FetchedConfiguration } from '../../../../nodes/shared/configurations/versions/contract.ts';
import { SharedVersions } from '../../../../nodes/shared/configurations/versions/shared-versions.ts';
import { VersionsThread } from '../../../../nodes/shared/configurations/versions/thread.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const fetched = (device: string, text: string): FetchedConfiguration => ({
  ...{ device, labels: {}, text, time: 1_000_000 },
  retention: { count: 10, age: 1e12 },
});

describe('VersionsThread', () => {
  let folder: string;
  let clock: FakeClock;
  let told: Error[];
  let workers: Worker[];
  let versions: VersionsThread;
  const hear = (worker: Worker) => workers.push(worker);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netmon-configurations-'));
    clock = new FakeClock();
    told = [];
    workers = [];
    process.on('worker', hear);
    versions = open();
  });

  afterEach(async () => {
    process.off('worker', hear);
    await versions.close();
    await rm(folder, { recursive: true });
  });

  const open = () => new VersionsThread({ folder, clock, tell: (problem) => told.push(problem) });
  const path = () => join(folder, 'configurations.sqlite');

  it('keeps, compares, finds and forgets', async () => {
    assert.equal((await versions.add(fetched('core-1', 'a\n'))).outcome, 'new');
    const changed = await versions.add(fetched('core-1', 'b\n'));
    assert.deepEqual(changed.diff!.hunks, [{ from: 1, to: 1, lines: ['-a', '+b'] }]);
    await versions.fail('edge-1', {}, 5, 'no answer');
    const devices = await versions.devices();
    assert.deepEqual(
      devices.map(({ device }) => device),
      ['core-1', 'edge-1'],
    );
    assert.equal((await versions.list('core-1')).length, 2);
    assert.equal((await versions.changes(0, 2e6)).length, 2);
    assert.equal(await versions.text(1), 'a\n');
    assert.equal((await versions.version(2)).before, 1);
    assert.equal((await versions.diff(1, 2, 0)).added, 1);
    const { hits } = await versions.search({
      ...{ pattern: 'B', isExpression: false, isLatestOnly: false, limit: 5 },
    });
    assert.equal(hits.length, 1);
    await versions.remove('core-1');
    await assert.rejects(versions.text(1), { key: 'configurationGone' });
  });

  it('keeps and gives what has secrets', async () => {
    const key = new Uint8Array(32).fill(7);
    const full = { text: 'password x\n', key };
    await versions.add({ ...fetched('core-1', 'password\n'), full });
    assert.equal(await versions.fullText(1, key), 'password x\n');
  });

  it('rejects a bad pattern as the problem of a field', async () => {
    await versions.add(fetched('core-1', 'a\n'));
    const request = { pattern: '(', isExpression: true, isLatestOnly: false, limit: 5 };
    await assert.rejects(versions.search(request), { field: 'pattern', name: 'Problem' });
  });

  it('needs neither thread nor file where nothing is kept', async () => {
    assert.deepEqual(await versions.devices(), []);
    assert.deepEqual(await versions.list('core-1'), []);
    assert.deepEqual(await versions.changes(0, 1e15), []);
    const request = { pattern: 'a', isExpression: false, isLatestOnly: false, limit: 5 };
    assert.deepEqual(await versions.search(request), { hits: [], isPartial: false });
    await versions.remove('core-1');
    await assert.rejects(versions.text(1), { key: 'configurationGone' });
    assert.equal(workers.length, 0);
    assert.deepEqual(await readdir(folder), []);
  });

  it('is there only while somebody asks', async () => {
    assert.equal(workers.length, 0);
    await versions.add(fetched('core-1', 'a\n'));
    assert.equal(workers.length, 1);
    const ended = once(workers[0]!, 'exit');
    clock.advance(60_000);
    await ended;
    assert.equal(await versions.text(1), 'a\n');
    assert.equal(workers.length, 2);
  });

  it('waits for a thread that ends before the next one has its file', async () => {
    await versions.add(fetched('core-1', 'a\n'));
    clock.advance(60_000);
    assert.equal(await versions.text(1), 'a\n');
  });

  it('rejects what a thread that died had not answered, and starts another one', async () => {
    await versions.add(fetched('core-1', 'a\n'));
    const lost = versions.add(fetched('core-1', 'b\n'));
    const [worker] = workers;
    await Promise.all([
      assert.rejects(lost, { key: 'configurationsEnded' }),
      Promise.resolve().then(() => worker!.terminate()),
    ]);
    assert.equal(await versions.text(1), 'a\n');
    assert.equal((await versions.add(fetched('core-1', 'c\n'))).outcome, 'changed');
  });

  it('answers what was asked before it is closed, and nothing after that', async () => {
    const added = versions.add(fetched('core-1', 'a\n'));
    await Promise.resolve();
    await versions.close();
    assert.equal((await added).outcome, 'new');
    await assert.rejects(versions.text(1), { key: 'historyClosed' });
  });

  it('puts a damaged file aside, says so, and begins a new one', async () => {
    await writeFile(path(), 'no database, but long enough to be looked at'.repeat(100));
    assert.equal((await versions.add(fetched('core-1', 'a\n'))).outcome, 'new');
    assert.deepEqual(
      told.map((problem) => 'key' in problem && problem.key),
      ['configurationsDamaged'],
    );
    const aside = (await readdir(folder)).filter((name) => name.includes('.damaged-'));
    assert.equal(aside.length, 1);
  });

  it('says whose file it may not use', async () => {
    const file = new DatabaseSync(path());
    file.exec('CREATE TABLE other (a)');
    file.close();
    await assert.rejects(versions.devices(), { key: 'configurationsForeign' });
  });

  it('says that another program has it', async () => {
    const other = open();
    await other.add(fetched('core-1', 'a\n'));
    await assert.rejects(versions.devices(), { key: 'configurationsInUse' });
    await other.close();
    assert.equal((await versions.devices()).length, 1);
  });

  it('says that the disk is full, keeps what was kept, and goes on once there is room', async () => {
    await versions.add(fetched('core-1', 'a\n'));
    await versions.close();
    // A file of SQLite that may not grow is as good as a full disk.
    const file = new DatabaseSync(path());
    const { page_count: pages } = file.prepare('PRAGMA page_count').get() as { page_count: number };
    file.close();
    versions = open();
    const most = `PRAGMA max_page_count = ${pages}`;
    await assert.rejects(limited(most, noise(100_000)), { errcode: 13 });
    assert.equal(await versions.text(1), 'a\n');
    assert.equal((await versions.add(fetched('core-1', noise(100_000)))).outcome, 'changed');
  });

  // In this thread, for nobody else can limit the file.
  async function limited(pragma: string, text: string) {
    const { Store } = await import('../../../../nodes/shared/configurations/versions/store.ts');
    const store = new Store(path(), (file) => {
      const database = new DatabaseSync(file);
      database.exec(pragma);
      return database;
    });
    try {
      store.add(fetched('core-1', text));
    } finally {
      store.close();
    }
  }
});

function noise(length: number): string {
  let text = '';
  for (let i = 1; text.length < length; i++) text += `${Math.sin(i)}\n`;
  return text;
}

describe('SharedVersions', () => {
  it('opens a folder once, and closes it with the last of its users', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'netmon-configurations-'));
    const shared = new SharedVersions(new FakeClock());
    const one = await shared.lease(folder, () => {});
    const other = await shared.lease(join(folder, '.'), () => {});
    assert.equal(one.versions, other.versions);
    await one.versions.add(fetched('core-1', 'a\n'));
    await one.release();
    assert.equal(await other.versions.text(1), 'a\n');
    await other.release();
    await assert.rejects(other.versions.text(1), { key: 'historyClosed' });
    const again = await shared.lease(folder, () => {});
    assert.equal(await again.versions.text(1), 'a\n');
    await again.release();
    await rm(folder, { recursive: true });
  });
});
