import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeNames } from '../../scripts/build.ts';
import { Red, root } from '../support/red.ts';

interface NodeSet {
  types: string[];
  enabled: boolean;
  err?: string;
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

  for (const language of ['en-US', 'de']) {
    it(`hands out catalogues and help in ${language}`, async () => {
      const answer = await red.request('/nodes', {
        headers: { accept: 'text/html', 'accept-language': language },
      });
      const html = await answer.text();
      for (const name of await nodeNames()) {
        const built = join(root, 'dist', 'locales', language, name);
        assert.deepEqual(
          await red.json(`/locales/@netmon/node-red-netmon/netmon-${name}?lng=${language}`),
          JSON.parse(await readFile(`${built}.json`, 'utf8')),
          name,
        );
        assert.ok(html.includes(await readFile(`${built}.html`, 'utf8')), `help of ${name}`);
      }
    });
  }

  it('offers the examples and the icons', async () => {
    const library = JSON.stringify(
      await red.json('/library/examples/flows/@netmon/node-red-netmon'),
    );
    for (const file of await readdir(join(root, 'examples'))) {
      assert.ok(library.includes(JSON.stringify(file.replace(/\.json$/, ''))), file);
    }
    const icons = (await red.json('/icons')) as Record<string, string[]>;
    assert.deepEqual(
      icons['@netmon/node-red-netmon']?.toSorted(),
      (await readdir(join(root, 'icons'))).sort(),
    );
  });
});
