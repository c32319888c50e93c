import assert from 'node:assert/strict';
import {
  contentsProblems,
  expectedPaths,
  packedOf,
  type Source,
  sourceProblems,
  topVersion,
} from '../../scripts/releasable.ts';

const good: Source = {
  version: '1.2.0',
  lockedVersion: '1.2.0',
  changelog: '# Changelog\n\n## 1.2.0\n\n### Added\n\n## 1.1.0\n',
  status: '',
  tags: ['v1.1.0', ''],
};

describe('the checks of a release', () => {
  it('find nothing wrong with a release', () => {
    assert.deepEqual(sourceProblems(good), []);
  });

  for (const [what, change, said] of [
    ['a changed file', { status: ' M README.md\n' }, /not clean:\n M README\.md$/],
    ['a new file', { status: '?? notes.txt\n' }, /not clean:\n\?\? notes\.txt$/],
    [
      'a changelog of another version',
      { changelog: '## 1.1.0\n' },
      /top of CHANGELOG\.md is 1\.1\.0/,
    ],
    ['unreleased changes', { changelog: '## Unreleased\n\n## 1.2.0\n' }, /is Unreleased, but/],
    ['a changelog without a version', { changelog: '# Changelog\n' }, /is missing, but/],
    ['another version in the lock file', { lockedVersion: '1.1.0' }, /run npm install/],
    ['a tag that is there', { tags: ['v1.1.0', 'v1.2.0'] }, /tag v1\.2\.0 is there/],
  ] as [string, Partial<Source>, RegExp][]) {
    it(`tell of ${what}`, () => {
      const problems = sourceProblems({ ...good, ...change });
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, said);
    });
  }

  it('tell of everything at once', () => {
    assert.equal(
      sourceProblems({ ...good, version: '1.1.0', status: '?? a' }).length,
      // The tree, the changelog, the lock file and the tag.
      4,
    );
  });
});

describe('topVersion', () => {
  for (const [line, version] of [
    ['## 1.2.0', '1.2.0'],
    ['## [1.2.0] - 2030-01-31', '1.2.0'],
    ['## v1.2.0 (2030-01-31)', '1.2.0'],
    ['## 1.2.0-beta.1', '1.2.0-beta.1'],
    ['## Unreleased', 'Unreleased'],
    ['### 1.2.0', undefined],
  ] as const) {
    it(`reads "${line}"`, () => assert.equal(topVersion(`# Changelog\n\n${line}\n`), version));
  }
});

describe('the contents of a package', () => {
  const expected = expectedPaths({
    nodes: ['poll'],
    plugins: ['bar'],
    workerFiles: ['worker.js'],
    elementFiles: ['netmon-map.js'],
    languages: ['de', 'fr'],
    helpLanguages: ['de'],
    icons: ['poll.svg'],
    examples: ['One.json'],
  });

  it('are what runs, help, icons, examples and locales', () => {
    assert.deepEqual(expected, [
      'LICENSE',
      'README.md',
      'dist/bar.html',
      'dist/bar.js',
      'dist/icons/poll.svg',
      'dist/locales/de/bar.json',
      'dist/locales/de/poll.html',
      'dist/locales/de/poll.json',
      'dist/locales/fr/bar.json',
      'dist/locales/fr/poll.json',
      'dist/package.json',
      'dist/poll.html',
      'dist/poll.js',
      'dist/worker.js',
      'examples/One.json',
      'package.json',
      'resources/netmon-map.js',
    ]);
    assert.deepEqual(contentsProblems(expected, expected), []);
  });

  it('are told where they are too few or too many', () => {
    const paths = ['.env', ...expected.filter((path) => path !== 'dist/poll.js')];
    assert.deepEqual(contentsProblems(paths, expected), [
      'dist/poll.js is not packed.',
      '.env is packed, and should not be.',
    ]);
  });

  it('are read from what npm prints, after what the scripts print', () => {
    const json = JSON.stringify([{ size: 12, files: [{ path: 'b' }, { path: 'a' }] }], null, 2);
    assert.deepEqual(packedOf(`> prepack\n${json}`), {
      paths: ['a', 'b'],
      size: 12,
    });
    assert.throws(() => packedOf('npm error'), /no JSON/);
    assert.throws(() => packedOf('[]'), /no package/);
  });
});
