// What the catalogue at flows.nodered.org scores, and what a palette install needs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeNames, pluginNames } from '../../scripts/build.ts';
import { exampleFiles, type FlowNode } from '../../scripts/example-flows.ts';
import { root } from '../support/red.ts';

interface Lock {
  packages: Record<
    string,
    { dependencies?: Record<string, string>; dev?: boolean; hasInstallScript?: boolean }
  >;
}

interface Manifest {
  name: string;
  license: string;
  keywords: string[];
  repository: object;
  engines: { node: string };
  dependencies: Record<string, string>;
  'node-red': { version: string; nodes: Record<string, string>; plugins: Record<string, string> };
}

const json = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(join(root, path), 'utf8'));

describe('the catalogue’s scorecard', () => {
  let manifest: Manifest;

  before(async () => {
    manifest = (await json('package.json')) as Manifest;
  });

  it('finds name, licence, repository, keyword and versions', () => {
    assert.match(manifest.name, /^@[\w-]+\/[\w-]+$/);
    assert.equal(manifest.license, 'Apache-2.0');
    assert.ok(manifest.repository);
    assert.ok(manifest.keywords.includes('node-red'));
    // Node-RED 5 runs from Node 22.9.0 on, and 4.1 is the oldest that is tested.
    assert.equal(manifest.engines.node, '>=22.9');
    assert.equal(manifest['node-red'].version, '>=4.1.0');
  });

  it('finds at most six production dependencies, none that needs its install script', async () => {
    assert.ok(Object.keys(manifest.dependencies).length <= 6);
    const { packages } = (await json('package-lock.json')) as Lock;
    const scripted = Object.entries(packages)
      .filter(([path, entry]) => path !== '' && entry.dev !== true && entry.hasInstallScript)
      .map(([path]) => path);
    // Both only make ssh2 faster, where there is a compiler: it runs in plain JavaScript without.
    assert.deepEqual(scripted, ['node_modules/cpu-features', 'node_modules/ssh2']);
  });

  it('finds every node listed under its type, and registered by a literal', async () => {
    const names = await nodeNames();
    assert.deepEqual(
      manifest['node-red'].nodes,
      Object.fromEntries(names.map((name) => [`netmon-${name}`, `dist/${name}.js`])),
    );
    for (const name of names) {
      const html = await readFile(join(root, 'dist', `${name}.html`), 'utf8');
      const scripts = [...html.matchAll(/<script type="text\/javascript">([^]*?)<\/script>/g)];
      assert.equal(scripts.length, 1, name);
      assert.match(scripts[0]![1]!, new RegExp(`registerType\\(["']netmon-${name}["'], \\{`));
    }
  });

  it('finds every plugin listed, and registered in the editor by a literal', async () => {
    const names = await pluginNames();
    assert.deepEqual(
      manifest['node-red'].plugins,
      Object.fromEntries(names.map((name) => [`netmon-${name}`, `dist/${name}.js`])),
    );
    for (const name of names) {
      const html = await readFile(join(root, 'dist', `${name}.html`), 'utf8');
      assert.match(html, new RegExp(`registerPlugin\\(["']netmon-${name}["'], \\{`));
    }
  });

  it('finds every palette node in an example', async () => {
    const used = new Set<string>();
    for (const file of exampleFiles(join(root, 'examples')).values()) {
      for (const node of (await json(`examples/${file}`)) as FlowNode[]) used.add(node.type);
    }
    for (const name of await nodeNames()) {
      const html = await readFile(join(root, 'dist', `${name}.html`), 'utf8');
      const config = /category:\s*["']config["']/.test(html);
      if (!config) assert.ok(used.has(`netmon-${name}`), `netmon-${name} is in no example`);
    }
  });
});
