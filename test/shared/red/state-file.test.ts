import assert from 'node:assert/strict';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateFile } from '../../../nodes/shared/red/state-file.ts';

describe('StateFile', () => {
  let directory: string;
  let path: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netmon-state-'));
    path = join(directory, 'netmon', 'abc.json');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('gives nothing where nothing was kept, and then what was written', async () => {
    assert.equal(await new StateFile(path).read(), undefined);
    await new StateFile(path).write(() => ({ active: 3 }));
    assert.deepEqual(await new StateFile(path).read(), { active: 3 });
  });

  it('ends with the last of many writes and leaves no other file', async () => {
    const file = new StateFile(path);
    await Promise.all(Array.from({ length: 50 }, (_, i) => file.write(() => i)));
    assert.equal(await file.read(), 49);
    assert.deepEqual(await readdir(join(directory, 'netmon')), ['abc.json']);
  });

  it('puts a whole new file in the place of the one before', async () => {
    const file = new StateFile(path);
    await file.write(() => 1);
    const before = await open(path);
    await file.write(() => 2);
    assert.equal(await before.readFile('utf8'), '1');
    await before.close();
  });

  it('takes the JSON that is made in steps, and begins with what is changed meanwhile anew', async () => {
    const file = new StateFile(path);
    function* steps(value: number) {
      const json = `{"active":${value}`;
      for (let i = 0; i < 100; i++) yield;
      return `${json}}`;
    }
    await Promise.all([file.write(() => steps(1)), file.write(() => steps(2))]);
    assert.deepEqual(await file.read(), { active: 2 });
  });

  it('tells of a file that is no JSON', async () => {
    const file = new StateFile(path);
    await file.write(() => 1);
    await writeFile(path, '{"half":');
    await assert.rejects(file.read(), SyntaxError);
    assert.equal(await readFile(`${path}.damaged`, 'utf8'), '{"half":');
    assert.equal(await file.read(), undefined);
    await file.write(() => 2);
    assert.equal(await file.read(), 2);
  });

  it('lets nobody else read it', async function () {
    if (process.platform === 'win32') this.skip();
    await new StateFile(path).write(() => 1);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('removes the file, also in the middle of a write', async () => {
    const file = new StateFile(path);
    const writing = file.write(() => 'x'.repeat(1_000_000));
    await Promise.all([file.remove(), writing.catch(() => {})]);
    assert.equal(await file.read(), undefined);
  });
});
