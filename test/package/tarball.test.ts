import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { elementFiles, nodeNames, workerFiles } from '../../scripts/build.ts';
import { expectedPaths } from '../../scripts/releasable.ts';
import { pack, type Packed } from '../support/pack.ts';
import { root } from '../support/red.ts';

describe('the packed package', function () {
  this.timeout(120_000);
  let packed: Packed;

  before(async () => {
    packed = await pack();
  });

  after(() => packed.remove());

  it('holds what runs, help, examples, icons and locales, and nothing else', async () => {
    const names = await nodeNames();
    const languages = await readdir(join(root, 'locales'));
    const examples = await readdir(join(root, 'examples'));
    const icons = await readdir(join(root, 'icons'));
    const contents = { nodes: names, workerFiles, elementFiles: await elementFiles() };
    const expected = expectedPaths({ ...contents, languages, icons, examples });
    assert.deepEqual(packed.paths, expected);
    assert.deepEqual(
      examples.concat(icons).filter((name) => !/\.(json|svg)$/.test(basename(name))),
      [],
    );
  });

  it('is small', async () => {
    const { size } = await stat(packed.file);
    assert.ok(size < 800_000, `${size} bytes`);
  });
});
