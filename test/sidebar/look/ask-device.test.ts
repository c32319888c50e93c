import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { snmpNetwork } from '../../../nodes/protocols/snmp/network/index.ts';
import { webNetwork } from '../../../nodes/protocols/web/network.ts';
import { systemClock } from '../../../nodes/shared/clock.ts';
import { Problem } from '../../../nodes/shared/problem.ts';
import { askDevice, type SnmpLogin } from '../../../nodes/sidebar/look/ask-device.ts';
import { Pace } from '../../../nodes/sidebar/look/pace.ts';
import { RunningLook } from '../../../nodes/sidebar/look/running-look.ts';
import { parseTargets } from '../../../nodes/sidebar/look/targets.ts';
import type { LookNetwork } from '../../../nodes/sidebar/look/transport.ts';
import type { WebAnswer } from '../../../nodes/sidebar/look/web-page.ts';
import { interfaceTable } from '../../support/interface-table.ts';
import { closeAgents, listen } from '../../support/snmp-agent.ts';
import { tag } from '../../support/snmp-mib.ts';

/** A device of a fake network. */
interface Fake {
  /** ms; none where it does not answer */
  ping?: number;
  open?: number[];
  /** pages by their URL without the host */
  pages?: Record<string, Partial<WebAnswer>>;
  name?: string;
}

const never = new AbortController().signal;
const pong = (ms: number) => ({
  out: `64 bytes from x: icmp_seq=1 ttl=64 time=${ms} ms\n1 packets transmitted, 1 received, 0% packet loss`,
  errors: '',
});
const silence = { out: '1 packets transmitted, 0 received, 100% packet loss', errors: '' };

function network(device: Fake, asked: string[] = []): LookNetwork {
  return {
    ...snmpNetwork,
    ...webNetwork,
    resolve: (host) => Promise.resolve(host),
    nameOf: () => Promise.resolve(device.name),
    ping: () => Promise.resolve(device.ping === undefined ? silence : pong(device.ping)),
    tcp: (_, port) => {
      asked.push(`tcp ${port}`);
      if (device.open?.includes(port)) return Promise.resolve(0.5);
      return Promise.reject(new Problem('unreachable', { reason: 'ETIMEDOUT' }));
    },
    page: (url) => {
      const path = url.href.replace(url.hostname, '');
      asked.push(`page ${path}`);
      const found = device.pages?.[path];
      if (!found) return Promise.reject(new Error('no HTTP'));
      return Promise.resolve({ status: 200, headers: {}, body: '', responseTime: 2, ...found });
    },
  };
}

function ask(target: string, device: Fake, logins: SnmpLogin[] = [], asked: string[] = []) {
  const options = { network: network(device, asked), logins, pace: new Pace(1e6, systemClock) };
  const told: Problem[] = [];
  return askDevice(parseTargets(target)[0]!, never, (problem) => told.push(problem), {
    ...options,
    clock: systemClock,
  });
}

const certificate = { subject: 'router.lan', isTrusted: false };

describe('askDevice', function () {
  this.timeout(30_000);

  it('finds nothing where nobody answers', async () => {
    const asked: string[] = [];
    assert.equal(await ask('10.0.0.1', {}, [], asked), undefined);
    // What is further tried only once somebody is there is not tried.
    assert.deepEqual(asked.sort(), ['tcp 22', 'tcp 443', 'tcp 80', 'tcp 9100']);
  });

  it('finds what answers a ping, by the name that the network has for it', async () => {
    assert.deepEqual(await ask('10.0.0.1', { ping: 0.25, name: 'printer-2' }), {
      address: '10.0.0.1',
      name: 'printer-2',
      ways: [{ protocol: 'ping', settings: {}, responseTime: 0.25 }],
      interfaces: [],
      kind: 'other',
    });
    assert.equal((await ask('sw-1', { ping: 1 }))!.name, 'sw-1');
  });

  it('tells of web servers, of certificates, and of an API that wants a login', async () => {
    const pages = {
      'http:///': { headers: { server: 'mikrotik' }, body: '<title>RouterOS</title>' },
      'https:///': { status: 403, certificate },
      'https:///rest/interface': { status: 401, certificate },
    };
    const found = await ask('10.0.0.1', { open: [80, 443, 22], pages });
    assert.deepEqual(found, {
      address: '10.0.0.1',
      name: '10.0.0.1',
      vendor: 'MikroTik',
      description: 'RouterOS',
      ways: [
        { protocol: 'http-check', settings: { url: 'http://{address}/' }, responseTime: 2 },
        {
          protocol: 'http-check',
          settings: { url: 'https://{address}/', verify: false, expectedStatus: '403' },
          responseTime: 2,
        },
        { protocol: 'tls', settings: { verify: false }, responseTime: 2 },
        { protocol: 'tcp', settings: { port: 22 }, responseTime: 0.5 },
        {
          protocol: 'http',
          settings: {
            ...{ url: 'https://{address}/rest/interface', authentication: 'basic' },
            ...{ mappingType: 'vendor', mapping: 'mikrotik', verify: false },
          },
          responseTime: 2,
        },
      ],
      interfaces: [],
      kind: 'router',
    });
  });

  it('sends nothing to the port of a printer, which would print it', async () => {
    const asked: string[] = [];
    const found = await ask('10.0.0.1', { open: [9100, 515] }, [], asked);
    assert.equal(found!.kind, 'printer');
    assert.deepEqual(
      found!.ways.map(({ protocol, settings }) => [protocol, settings.port]),
      [
        ['tcp', 9100],
        ['tcp', 515],
      ],
    );
    assert.deepEqual(
      asked.filter((each) => each.startsWith('page')),
      [],
    );
  });

  it('knows another Netmon by its interfaces', async () => {
    const body = JSON.stringify({
      time: 1,
      interfaces: [
        { name: 'eth0', up: true, speed: 1e9, alias: '<b>WAN\n</b>' },
        null,
        { name: 5 },
      ],
    });
    const pages = { 'http://:1880/api/v1/interfaces/metrics': { body } };
    const found = await ask('10.0.0.1', { ping: 1, open: [1880], pages });
    assert.deepEqual(found!.ways[0], {
      protocol: 'http',
      settings: { url: 'http://{address}:1880/api/v1/interfaces/metrics' },
      responseTime: 2,
    });
    assert.deepEqual(found!.interfaces, [
      {
        ...{ name: 'eth0', alias: '<b>WAN </b>', isUp: true, isSwitchedOff: false, speed: 1e9 },
        ...{ isVirtual: false, isUplink: true },
      },
    ]);
  });

  it('asks only the port that an address has', async () => {
    const asked: string[] = [];
    const found = await ask(
      '10.0.0.1:8081',
      { open: [8081], pages: { 'http://:8081/': {} } },
      [],
      asked,
    );
    assert.deepEqual(asked.slice(0, 3), ['tcp 8081', 'page https://:8081/', 'page http://:8081/']);
    assert.equal(found!.address, '10.0.0.1:8081');
    assert.deepEqual(found!.ways, [
      { protocol: 'http-check', settings: { url: 'http://{address}/' }, responseTime: 2 },
    ]);
  });

  describe('over SNMP', () => {
    afterEach(closeAgents);

    const mib = {
      ...interfaceTable(48),
      '1.3.6.1.2.1.1.1.0':
        'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(2)E6',
      '1.3.6.1.2.1.1.2.0': [tag.oid, '1.3.6.1.4.1.9.1.1208'],
      '1.3.6.1.2.1.1.5.0': '<img src=x onerror=alert(1)>\u0000{{7*7}}'.padEnd(250, 'x'),
      '1.3.6.1.2.1.1.7.0': [tag.integer, 6],
      '1.3.6.1.2.1.47.1.1.1.1.13.1001': 'WS-C2960X-48TS-L',
    } as unknown as ReturnType<typeof interfaceTable>;

    async function look(community: string, access?: string) {
      const { address } = await listen(mib);
      const transport = snmpNetwork.snmp({ version: '2c', community });
      const settings = { snmpVersion: '2c' };
      const login = { transport, port: 161, settings, ...(access !== undefined && { access }) };
      const found = await ask(address, {}, [login]);
      await transport.close();
      return { found, address };
    }

    it('tells who a switch is, and what ports it has', async () => {
      const { found, address } = await look('public', 'access-1');
      assert.ok(found);
      const { ways, interfaces, uptime, ...is } = found;
      assert.deepEqual(is, {
        address,
        name: '<img src=x onerror=alert(1)> {{7*7}}'.padEnd(100, 'x'),
        vendor: 'Cisco',
        model: 'WS-C2960X-48TS-L',
        description:
          'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(2)E6',
        kind: 'switch',
      });
      assert.ok(uptime! >= 0);
      assert.deepEqual(
        ways.map(({ protocol, settings, access }) => ({ protocol, settings, access })),
        [{ protocol: 'snmp', settings: { snmpVersion: '2c' }, access: 'access-1' }],
      );
      assert.equal(interfaces.length, 48);
      assert.deepEqual(interfaces[5], {
        ...{ name: 'Gi1/0/6', alias: 'access port 6, floor 1', speed: 1e9 },
        ...{ isUp: false, isSwitchedOff: false, isVirtual: false, isUplink: false },
      });
      assert.equal(interfaces.filter(({ isUp }) => isUp).length, 40);
    });

    it('finds nothing with a wrong community', async () => {
      assert.equal((await look('wrong')).found, undefined);
    });
  });

  it('ends with the signal, whatever is under way', async () => {
    const stop = new AbortController();
    const hanging: LookNetwork = {
      ...network({}),
      tcp: (_, __, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
    };
    const options = {
      network: hanging,
      logins: [],
      pace: new Pace(1e6, systemClock),
      clock: systemClock,
    };
    const ended = assert.rejects(
      askDevice({ host: '10.0.0.1' }, stop.signal, () => {}, options),
      /over/,
    );
    setImmediate(() => stop.abort(new Error('over')));
    await ended;
  });

  it('tells once that there is no ping, and goes on without', async () => {
    const without: LookNetwork = {
      ...network({ open: [22] }),
      ping: () => Promise.reject(new Problem('pingMissing')),
    };
    const options = {
      network: without,
      logins: [],
      pace: new Pace(1e6, systemClock),
      clock: systemClock,
    };
    const look = new RunningLook('a', {
      targets: parseTargets('10.0.0.1-3'),
      limit: 2,
      ask: (target, signal, tell) => askDevice(target, signal, tell, options),
    });
    await look.ended;
    const { found, problems } = look.view();
    assert.equal(found.length, 3);
    assert.deepEqual(problems, [{ key: 'shared.problem.pingMissing', params: {} }]);
  });

  it('reads metrics for Prometheus', async () => {
    const server = createServer((_, response) =>
      response
        .setHeader('content-type', 'text/plain')
        .end(
          'node_uname_info{nodename="web-1"} 1\nnode_network_up{device="eth0"} 1\n' +
            'node_network_receive_bytes_total{device="eth0"} 5\n',
        ),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const found = await ask(`127.0.0.1:${port}`, { open: [port] });
      assert.deepEqual([found!.name, found!.kind], ['web-1', 'server']);
      assert.deepEqual(found!.ways[0], { ...found!.ways[0], protocol: 'prometheus', settings: {} });
      assert.deepEqual(
        found!.interfaces.map(({ name, isUp }) => [name, isUp]),
        [['eth0', true]],
      );
    } finally {
      server.close();
    }
  });
});
