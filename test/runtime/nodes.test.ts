import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { helpLanguages, languages, nodeNames, pluginNames } from '../../scripts/build.ts';
import { exampleFiles } from '../../scripts/example-flows.ts';
import { Red, root } from '../support/red.ts';

interface NodeSet {
  types: string[];
  enabled: boolean;
  err?: string;
}

interface PluginSet extends Pick<NodeSet, 'enabled' | 'err'> {
  plugins: object[];
}

describe('the built package in Node-RED', function () {
  this.timeout(60_000);
  let red: Red;

  before(async () => {
    red = await Red.start();
  });

  after(() => red.stop());

  it('registers every node without an error', async () => {
    const { nodes } = (await red.json('/nodes/@netmon/node-red-netmon')) as { nodes: NodeSet[] };
    assert.deepEqual(
      nodes
        .map(({ types, enabled, err }) => ({ types, enabled, err }))
        .sort((a, b) => (a.types[0]! < b.types[0]! ? -1 : 1)),
      (await nodeNames()).map((name) => ({
        types: [`netmon-${name}`],
        enabled: true,
        err: undefined,
      })),
    );
  });

  it('registers every plugin without an error', async () => {
    const { plugins } = (await red.json('/plugins/@netmon/node-red-netmon')) as {
      plugins: PluginSet[];
    };
    assert.deepEqual(
      plugins.map(({ plugins, enabled, err }) => ({ plugins, enabled, err })),
      (await pluginNames()).map((name) => ({
        plugins: [
          { id: `netmon-${name}`, type: `netmon-${name}`, module: '@netmon/node-red-netmon' },
        ],
        enabled: true,
        err: undefined,
      })),
    );
  });

  it('hands out catalogues and help in every language, English help where there is none', async () => {
    for (const language of await languages()) {
      const answer = await red.request('/nodes', {
        headers: { accept: 'text/html', 'accept-language': language },
      });
      const html = await answer.text();
      for (const name of await nodeNames()) {
        const built = (its: string, file: string) => join(root, 'dist', 'locales', its, file);
        const helpLanguage = helpLanguages.includes(language) ? language : 'en-US';
        const help = await readFile(built(helpLanguage, `${name}.html`), 'utf8');
        assert.deepEqual(
          await red.json(`/locales/@netmon/node-red-netmon/netmon-${name}?lng=${language}`),
          JSON.parse(await readFile(built(language, `${name}.json`), 'utf8')),
          `${language}/${name}`,
        );
        assert.ok(html.includes(help), `help of ${name} in ${language}`);
      }
    }
  });

  it('hands out the catalogues of plugins in every language', async () => {
    for (const language of await languages()) {
      const told = (await red.json(`/plugins/messages?lng=${language}`)) as Record<string, unknown>;
      for (const name of await pluginNames()) {
        const built = join(root, 'dist', 'locales', language, `${name}.json`);
        assert.deepEqual(
          told[`@netmon/node-red-netmon/netmon-${name}`],
          JSON.parse(await readFile(built, 'utf8')),
          `${language}/${name}`,
        );
      }
    }
  });

  it('tells of a problem by the shared text', async () => {
    const poll = { id: 'poll', type: 'netmon-device-poll', access: '', devices: [] };
    await red.deploy([{ ...poll, x: 100, y: 100, wires: [[]] }]);
    await red.process.logged(/poll\] the device access is missing or disabled/);
  });

  it('offers the examples and the icons', async () => {
    const library = '/library/examples/flows/@netmon/node-red-netmon';
    const paths = [...exampleFiles(join(root, 'examples')).values()];
    for (const folder of new Set(paths.map((path) => dirname(path)))) {
      const listed = (await red.json(`${library}/${encodeURIComponent(folder)}`)) as {
        fn: string;
      }[];
      assert.deepEqual(
        listed.map(({ fn }) => `${folder}/${fn}.json`).sort(),
        paths.filter((path) => dirname(path) === folder),
      );
    }
    const icons = (await red.json('/icons')) as Record<string, string[]>;
    assert.deepEqual(
      icons['@netmon/node-red-netmon']?.toSorted(),
      (await readdir(join(root, 'icons'))).sort(),
    );
  });
});
