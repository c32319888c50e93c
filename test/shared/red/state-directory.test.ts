import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, sweep } from '../../../nodes/shared/red/state-directory.ts';

describe('a directory of state files', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netmon-state-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('belongs to one process, until that one ends however it does', async () => {
    const module = new URL('../../../nodes/shared/red/state-directory.ts', import.meta.url);
    const script = `
      const { claim } = await import(${JSON.stringify(module)});
      console.log(await claim(process.argv[1]));
      setInterval(() => {}, 1e6);
    `;
    const folder = join(directory, 'new');
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder]);
    try {
      assert.equal(String((await once(other.stdout, 'data'))[0]), 'true\n');
      assert.equal(await claim(folder), false);
      assert.equal(await claim(join(directory, 'another')), true);
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
    assert.equal(await claim(folder), true);
    assert.equal(await claim(folder), true);
  });

  it('belongs to all nodes of its process, each with a copy of this file built in', async () => {
    const copy = new URL('../../../nodes/shared/red/state-directory.ts?copy', import.meta.url);
    const other = (await import(copy.href)) as { claim: typeof claim };
    assert.notEqual(other.claim, claim);
    const folder = join(directory, 'shared');
    assert.deepEqual(await Promise.all([claim(folder), other.claim(folder)]), [true, true]);
    assert.equal(await other.claim(folder), true);
  });

  it('loses what has been in no flow for a month, and nothing else', async () => {
    const now = Date.now();
    const [fresh, old] = [29, 31].map((days) => now / 1000 - days * 86_400) as [number, number];
    const files = ['used.json', 'gone.json', 'gone.json.damaged', 'fresh.json', 'notes.txt'];
    for (const name of files) {
      await writeFile(join(directory, name), '1');
      const time = name === 'fresh.json' ? fresh : old;
      await utimes(join(directory, name), time, time);
    }
    await sweep(directory, (id) => id === 'used', now);
    assert.deepEqual((await readdir(directory)).sort(), ['fresh.json', 'notes.txt', 'used.json']);
    await sweep(join(directory, 'missing'), () => false, now);
  });
});
