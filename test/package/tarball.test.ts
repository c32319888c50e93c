import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  elementFiles,
  helpLanguages,
  languages,
  nodeNames,
  pluginNames,
  workerFiles,
} from '../../scripts/build.ts';
import { exampleFiles } from '../../scripts/example-flows.ts';
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
    const [nodes, plugins] = await Promise.all([nodeNames(), pluginNames()]);
    const examples = [...exampleFiles(join(root, 'examples')).values()];
    const icons = await readdir(join(root, 'icons'));
    const contents = { nodes, plugins, workerFiles, elementFiles: await elementFiles() };
    const expected = expectedPaths({
      ...contents,
      languages: await languages(),
      helpLanguages,
      icons,
      examples,
    });
    assert.deepEqual(packed.paths, expected);
    assert.deepEqual(
      examples.concat(icons).filter((name) => !/\.(json|svg)$/.test(basename(name))),
      [],
    );
  });

  it('is small', async () => {
    const { size } = await stat(packed.file);
    // Seventeen nodes, two of them with threads of their own, a plugin and their texts in ten languages.
    assert.ok(size < 1_800_000, `${size} bytes`);
  });
});
