import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, sweep } from '../../../nodes/shared/red/state-directory.ts';

describe('a directory of state files', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netmon-state-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  describe('that another process uses', () => {
    let other: ChildProcess;

    before(async () => {
      other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6); console.log("up")']);
      await once(other.stdout!, 'data');
    });
    after(() => other.kill('SIGKILL'));

    it('is not claimed', async function () {
      if (process.platform !== 'linux') this.skip();
      const command = await readFile(`/proc/${other.pid}/cmdline`, 'utf8');
      const text = `${other.pid} ${command.replaceAll('\0', ' ').trim()}`;
      await writeFile(join(directory, 'process.txt'), text);
      assert.equal(await claim(directory), other.pid);
      assert.equal(await readFile(join(directory, 'process.txt'), 'utf8'), text);
    });

    it('is claimed where that process is another by now', async function () {
      if (process.platform !== 'linux') this.skip();
      await writeFile(join(directory, 'process.txt'), `${other.pid} node-red`);
      assert.equal(await claim(directory), undefined);
    });
  });

  it('is claimed where nobody or this process uses it, or the mark is damaged', async () => {
    assert.equal(await claim(join(directory, 'new')), undefined);
    assert.equal(await claim(join(directory, 'new')), undefined);
    await writeFile(join(directory, 'process.txt'), 'rubbish');
    assert.equal(await claim(directory), undefined);
    assert.match(
      await readFile(join(directory, 'process.txt'), 'utf8'),
      new RegExp(`^${process.pid} `),
    );
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
