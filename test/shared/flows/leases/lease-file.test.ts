import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFlowAddress } from '../../../../nodes/shared/flows/address.ts';
import { LeaseFile } from '../../../../nodes/shared/flows/leases/lease-file.ts';
import type { Problem } from '../../../../nodes/shared/problem.ts';

describe('The file of leases', () => {
  const now = Date.UTC(2026, 2, 1, 12);
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netmon-leases-'));
    path = join(folder, 'leases');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Writes a file as if so many seconds before now. */
  async function write(text: string, age: number, end = '') {
    await writeFile(path + end, text);
    await utimes(path + end, now / 1000 - age, now / 1000 - age);
  }

  const line = (address: string, name: string) => `0 52:54:00:12:34:56 ${address} ${name} *\n`;
  const nameOf = async (file: LeaseFile, address = '10.0.0.1') => {
    const table = await file.read();
    return table ? (table.nameOf(parseFlowAddress(address)!, now) ?? 'none') : 'as before';
  };
  async function problemOf(file: LeaseFile): Promise<string> {
    try {
      await file.read();
    } catch (error) {
      const { key, params } = error as Problem;
      assert.deepEqual([params.field, params.path], ['leasesFile', path]);
      return key;
    }
    return 'none';
  }

  it('is read again once it has changed', async () => {
    const file = new LeaseFile(path, () => now);
    await write(line('10.0.0.1', 'one'), 60);
    assert.equal(await nameOf(file), 'one');
    assert.equal(await nameOf(file), 'as before');
    await write(line('10.0.0.1', 'two'), 30);
    assert.equal(await nameOf(file), 'two');
    assert.equal(await nameOf(file), 'as before');
    // What is written at this moment may not be whole yet.
    await write(line('10.0.0.1', 'thr'), 0);
    assert.equal(await nameOf(file), 'thr');
    assert.equal(await nameOf(file), 'thr');
  });

  it('has a problem while it is missing or something else', async () => {
    const file = new LeaseFile(path, () => now);
    assert.equal(await problemOf(file), 'flowLeases');
    assert.equal(await problemOf(file), 'flowLeases');
    await write('something else\n', 60);
    assert.equal(await problemOf(file), 'flowNoLeases');
    assert.equal(await nameOf(file), 'as before');
    await write(line('10.0.0.1', 'one'), 50);
    assert.equal(await nameOf(file), 'one');
    await rename(path, `${path}.away`);
    assert.equal(await problemOf(file), 'flowLeases');
    await rename(`${path}.away`, path);
    assert.equal(await nameOf(file), 'one');
  });

  it('is a file, and not too large', async () => {
    const folderOnly = new LeaseFile(folder, () => now);
    await assert.rejects(folderOnly.read(), { key: 'flowNoLeases' });
    await write(line('10.0.0.1', 'one'), 60);
    await truncate(path, 64 * 2 ** 20 + 1);
    assert.equal(await problemOf(new LeaseFile(path, () => now)), 'flowLeasesLarge');
  });

  it('may have lines of any length', async () => {
    const long = 'x'.repeat(300_000);
    await write(`${line('10.0.0.1', 'one')}${long}\n${line('10.0.0.2', 'two')}`, 60);
    const file = new LeaseFile(path, () => now);
    assert.equal(await nameOf(file, '10.0.0.2'), 'two');
    await write(`${long}\n${line('10.0.0.2', 'two')}`, 30);
    assert.equal(await nameOf(file, '10.0.0.2'), 'two');
  });

  it("is read after those that are older, where it is Kea's", async () => {
    const heading = 'address,valid_lifetime,expire,hostname,state';
    const rows = (...names: (readonly [string, string])[]) =>
      [heading, ...names.map(([end, name]) => `10.0.0.${end},4294967295,0,${name},0`), ''].join(
        '\n',
      );
    await write(rows(['1', 'oldest'], ['2', 'oldest'], ['3', 'oldest']), 90, '.2');
    await write(rows(['2', 'older'], ['3', 'older']), 80, '.1');
    await write(rows(['3', 'new']), 60);
    const file = new LeaseFile(path, () => now);
    const table = (await file.read())!;
    const names = ['1', '2', '3'].map((end) =>
      table.nameOf(parseFlowAddress(`10.0.0.${end}`)!, now),
    );
    assert.deepEqual(names, ['oldest', 'older', 'new']);
    // What is cleaned up stands for both.
    await write(rows(['1', 'completed']), 50, '.completed');
    assert.equal(await nameOf(file), 'completed');
    assert.equal(await nameOf(file), 'as before');
  });
});
