import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeAPI } from 'node-red';
import { type AccessConfig, defaults as newAccess } from '../../nodes/device-access/config.ts';
import deviceAccess from '../../nodes/device-access/runtime.ts';
import { ifMib } from '../../nodes/protocols/if-mib/if-mib.ts';
import * as web from '../protocols/peer.ts';
import { load, unload } from '../support/flow.ts';
import { closeAgents, listen } from '../support/snmp-agent.ts';
import { tag } from '../support/snmp-mib.ts';

const defaults: AccessConfig = { ...newAccess, protocol: 'http' };

describe('Discover of netmon-device-access', () => {
  let admin: NodeAPI['httpAdmin'];
  let server: Server;

  async function ask(address: unknown, access?: Partial<AccessConfig>, typed?: object) {
    const edited = access && { ...defaults, timeout: 1, retries: 0, ...access, id: 'access' };
    server = admin.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/netmon/device-access/discover`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ address, access: edited && { ...edited, credentials: typed } }),
    });
    return { status: response.status, body: await response.json() };
  }

  beforeEach(async () => {
    const register = (RED: NodeAPI) => {
      admin = RED.httpAdmin;
      deviceAccess(RED);
    };
    const access = { ...defaults, protocol: 'snmp', id: 'access', type: 'netmon-device-access' };
    await load(register, [access], { access: { secret: 'public' } });
  });

  afterEach(async () => {
    server.close();
    closeAgents();
    web.closeAll();
    await unload();
  });

  it('lists all interfaces, whatever the filter, with the stored community', async () => {
    const { address } = await listen({
      [`${ifMib.ifName}.1`]: 'lo',
      [`${ifMib.ifType}.1`]: [tag.integer, 24],
      [`${ifMib.ifAdminStatus}.1`]: [tag.integer, 1],
      [`${ifMib.ifOperStatus}.1`]: [tag.integer, 1],
    });
    const access = { protocol: 'snmp', interfaceNames: 'eth*' } as const;
    const { status, body } = await ask(address, access, { secret: '__PWRD__' });
    assert.deepEqual(body, [{ name: 'lo', index: 1, type: 'loopback', up: true, adminUp: true }]);
    assert.equal(status, 200);
  });

  it('lists those of an exporter', async () => {
    const { address } = await web.listen((_, response) => {
      response.setHeader('content-type', 'text/plain');
      response.end('node_network_receive_bytes_total{device="eth0"} 9007199254740993\n');
    });
    const access = { protocol: 'prometheus', url: 'http://{address}/' } as const;
    const { body } = await ask(address, access);
    assert.deepEqual(
      (body as { name: string }[]).map(({ name }) => name),
      ['eth0'],
    );
  });

  for (const [what, address, access, key] of [
    ['a bad address', 'a b', { protocol: 'snmp' }, 'field'],
    ['no access', '10.0.0.1', undefined, 'noAccess'],
    ['a bad field', '10.0.0.1', { protocol: 'snmp', snmpPort: 0 }, 'field'],
    ['a protocol without interfaces', '127.0.0.1', { protocol: 'tcp' }, 'noInterfaces'],
    [
      'a device that is not there',
      '127.0.0.1:1',
      { protocol: 'prometheus', url: 'http://{address}/' },
      'connectionRefused',
    ],
  ] as [string, string, Partial<AccessConfig> | undefined, string][]) {
    it(`tells of ${what}`, async () => {
      const { status, body } = await ask(address, access);
      assert.deepEqual([status, body], [400, { error: `shared.problem.${key}` }]);
    });
  }
});
