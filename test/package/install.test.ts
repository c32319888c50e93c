import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeNames } from '../../scripts/build.ts';
import { releases } from '../../scripts/node-red.ts';
import { pack, type Packed } from '../support/pack.ts';
import { Red } from '../support/red.ts';
import { Registry } from '../support/registry.ts';

interface Installed {
  nodes: { types: string[]; err?: string; enabled: boolean }[];
}

describe('installing the package', function () {
  this.timeout(180_000);
  let packed: Packed;
  let registry: Registry;
  let red: Red | undefined;

  before(async () => {
    [packed, registry] = await Promise.all([pack(), Registry.open()]);
  });

  afterEach(() => red?.stop());

  after(() => Promise.all([packed.remove(), registry.close()]));

  for (const release of Object.keys(releases) as (keyof typeof releases)[]) {
    it(`brings all nodes to the ${release} Node-RED, and they load again at a restart`, async () => {
      red = await Red.start({ release, netmon: false, env: registry.env });
      const form = new FormData();
      form.set('tarball', new Blob([await readFile(packed.file)]), 'netmon.tgz');
      const answer = await red.request('/nodes', { method: 'POST', body: form });

      const expected = (await nodeNames()).map((name) => `netmon-${name}`);
      const assertLoaded = ({ nodes }: Installed) => {
        assert.deepEqual(nodes.flatMap(({ types }) => types).sort(), expected);
        assert.deepEqual(
          nodes.filter(({ err, enabled }) => err !== undefined || !enabled),
          [],
        );
      };
      assertLoaded((await answer.json()) as Installed);
      assert.deepEqual(registry.missing, []);
      for (const name of ['undici', 'nodemailer', 'systeminformation', 'mustache']) {
        await readFile(join(red.userDir, 'node_modules', name, 'package.json'));
      }

      await red.restart();
      assertLoaded((await red.json('/nodes/@netmon/node-red-netmon')) as Installed);
    });
  }
});
