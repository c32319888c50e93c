import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nodeNames, workerFiles } from '../../scripts/build.ts';
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
    const expected = [
      'LICENSE',
      'README.md',
      'package.json',
      'dist/package.json',
      ...workerFiles.map((name) => `dist/${name}`),
      ...names.flatMap((name) => [`dist/${name}.js`, `dist/${name}.html`]),
      ...languages.flatMap((language) =>
        names.flatMap((name) => [
          `dist/locales/${language}/${name}.json`,
          `dist/locales/${language}/${name}.html`,
        ]),
      ),
      ...icons.map((icon) => `dist/icons/${icon}`),
      ...examples.map((example) => `examples/${example}`),
    ];
    assert.deepEqual(packed.paths, expected.sort());
    assert.deepEqual(
      examples.concat(icons).filter((name) => !/\.(json|svg)$/.test(basename(name))),
      [],
    );
  });

  it('is small', async () => {
    const { size } = await stat(packed.file);
    assert.ok(size < 500_000, `${size} bytes`);
  });
});
