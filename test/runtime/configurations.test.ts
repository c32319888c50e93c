import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { accessSettings } from '../../nodes/config-access/config.ts';
import { defaults } from '../../nodes/config-watch/config.ts';
import type { FetchAnswer } from '../../nodes/config-watch/fetch-now.ts';
import { Red } from '../support/red.ts';

const secret = 'Tr0ub4dor-and-3';

describe('configurations in Node-RED', function () {
  this.timeout(60_000);
  let red: Red;
  let server: Server;
  let shown: string;

  before(async () => {
    server = createServer((_, response) => response.end(shown));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    red = await Red.start();
    const { port } = server.address() as AddressInfo;
    await red.deploy([
      {
        ...accessSettings.defaults,
        ...{ id: 'access', type: 'netmon-config-access', name: '', dialect: 'own' },
        ...{ ownWay: 'http', url: 'http://{address}', ownCommands: '/configuration' },
        ...{ ownSecrets: 'password {secret}', credentials: { user: 'netmon', password: 'x' } },
      },
      { id: 'db', type: 'netmon-history-database', name: '' },
      {
        ...{ ...defaults, id: 'watch', type: 'netmon-config-watch', access: 'access' },
        ...{ database: 'db', schedule: 'none', retries: 0, keepSecrets: true, x: 0, y: 0 },
        ...{ devices: [{ name: 'core-1', address: `127.0.0.1:${port}`, labels: {} }] },
        wires: [[], []],
      },
    ]);
  });

  after(async () => {
    await red?.stop();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const fetched = async () => {
    const response = await red.request('/netmon/config-watch/fetch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'watch', device: 'core-1' }),
    });
    return (await response.json()) as FetchAnswer;
  };

  it('are fetched, kept and compared, over a restart too, and no secret is on the disk', async () => {
    shown = `hostname core-1\npassword ${secret}\nvlan 10\n`;
    assert.equal((await fetched()).outcome, 'new');
    shown = shown.replace('vlan 10', 'vlan 20');
    const changed = await fetched();
    assert.deepEqual([changed.outcome, changed.added, changed.removed], ['changed', 1, 1]);
    assert.match(changed.diff, /^ password <secret \w+>\n-vlan 10\n\+vlan 20$/m);
    await red.restart();
    // The marks of secrets are the same as before.
    assert.equal((await fetched()).outcome, 'same');
    shown = shown.replace(secret, 'an0ther-one');
    assert.equal((await fetched()).outcome, 'changed');
    const log = red.process.log;
    const files = readdirSync(red.userDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    for (const text of [log, ...files]) {
      assert.equal(text.includes(secret) || text.includes('an0ther-one'), false);
    }
  });
});
