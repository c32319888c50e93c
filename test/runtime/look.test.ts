import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { defaults } from '../../nodes/device-access/config.ts';
import type { FoundDevice, Look, Suggestions, Watched } from '../../nodes/sidebar/look.ts';
import { FakeDevice } from '../support/fake-device.ts';
import { interfaceTable } from '../support/interface-table.ts';
import { Red } from '../support/red.ts';
import { closeAgents, listen } from '../support/snmp-agent.ts';

describe('looking for devices in Node-RED', function () {
  this.timeout(120_000);
  let red: Red;

  before(async () => {
    red = await Red.start();
  });

  afterEach(closeAgents);

  after(async () => {
    assert.doesNotMatch(red.process.log, /uncaught|unhandled/i);
    await red.stop();
  });

  async function begin(request: object): Promise<Look> {
    const answer = await red.request('/netmon/look', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await answer.json()) as Look;
  }

  const view = async (id: string, after = 0) =>
    (await red.json(`/netmon/look/${id}?after=${after}`)) as Look;

  async function ended(id: string): Promise<Look> {
    for (;;) {
      const look = await view(id);
      if (look.state !== 'running') return look;
      await pause(200);
    }
  }

  const access = {
    ...defaults,
    ...{ id: 'access', type: 'netmon-device-access', name: 'switches', protocol: 'snmp' },
  };

  it('finds a switch with its ports, with a community or as an access does', async () => {
    const agent = await listen(interfaceTable(48));
    await red.deploy([
      { ...access, credentials: { secret: 'public' } },
      { ...access, id: 'pings', name: 'answers', protocol: 'ping' },
    ]);
    const target = { targets: `${agent.address}, no-such-name.invalid` };
    const withCommunity = await ended((await begin({ ...target, community: 'public' })).id);
    const asAccess = await ended(
      (await begin({ ...target, accesses: ['access', 'pings', 'gone'] })).id,
    );
    for (const [look, used] of [
      [withCommunity, undefined],
      [asAccess, 'access'],
    ] as const) {
      assert.deepEqual([look.state, look.asked, look.total], ['done', 2, 2]);
      const [found] = look.found as [FoundDevice];
      assert.deepEqual(
        [found.address, found.name, found.kind, found.interfaces.length],
        [agent.address, 'switch', 'switch', 48],
      );
      assert.deepEqual([found.ways[0]!.protocol, found.ways[0]!.access], ['snmp', used]);
      assert.deepEqual((await view(look.id).catch(() => look)).found.length, 1);
    }
    assert.ok(withCommunity.problems.some(({ params }) => params?.host === 'no-such-name.invalid'));
    assert.deepEqual(
      asAccess.problems
        .map(({ key }) => key)
        .filter((key) => key !== 'shared.problem.nameNotFound'),
      ['shared.problem.lookAccess', 'shared.problem.noAccess'],
    );
  });

  it('goes on over a deploy, is stopped, and ends where another begins', async () => {
    const first = await begin({ targets: '127.0.0.0/24', community: 'public' });
    assert.deepEqual([first.state, first.total], ['running', 254]);
    await red.deploy([access]);
    assert.equal((await view(first.id)).state, 'running');
    const second = await begin({ targets: '127.0.1.0/24' });
    await assert.rejects(view(first.id), /this search is over and forgotten/);
    const stopped = await red.request(`/netmon/look/${second.id}`, { method: 'DELETE' });
    assert.equal(((await stopped.json()) as Look).state, 'stopped');
    assert.equal((await view(second.id)).state, 'stopped');
  });

  it('refuses what is too much or cannot be read', async () => {
    await assert.rejects(begin({ targets: '10.0.0.0/16' }), /65,534 addresses, and at most 1,024/);
    await assert.rejects(begin({ targets: '10.0.0.0/24, <b>' }), /400 .*<b>/);
    await assert.rejects(begin({ targets: '10.0.0.1', community: 'a\nb' }), /400/);
    await assert.rejects(begin({ targets: '10.0.0.1', accesses: 'all' }), /400/);
  });

  it('suggests nothing that no device can have', async () => {
    const { networks, neighbours } = (await red.json('/netmon/look/suggestions')) as Suggestions;
    for (const { network, hosts } of networks) {
      assert.match(network, /^\d+\.\d+\.\d+\.\d+\/(2[2-9]|30)$/);
      assert.ok(hosts >= 2 && hosts <= 1022);
    }
    for (const { address } of neighbours) assert.doesNotMatch(address, /^(169\.254|127)\./);
  });

  it('tells what is watched, and how it is', async () => {
    const device = await FakeDevice.open({ interfaces: [{ name: 'eth0', up: true }] });
    try {
      const web = { ...access, protocol: 'http', url: 'http://{address}/' };
      const devices = [
        { name: 'core-1', address: device.address, labels: {} },
        { name: 'gone', address: '127.0.0.1:1', labels: {} },
      ];
      await red.deploy([
        web,
        {
          ...{ id: 'poll', type: 'netmon-device-poll', x: 0, y: 0, wires: [[]], version: 1 },
          ...{ devices, access: 'access', fromMessages: false, interval: 0, limit: 20 },
        },
        { id: 'go', type: 'inject', x: 0, y: 0, props: [], wires: [['poll']] },
      ]);
      const watched = async () => (await red.json('/netmon/watched')) as Watched[];
      assert.deepEqual(await watched(), [
        { node: 'poll', device: 'core-1', address: device.address, state: 'unknown' },
        { node: 'poll', device: 'gone', address: '127.0.0.1:1', state: 'unknown' },
      ]);
      await red.inject('go');
      let now = await watched();
      while (now.some(({ state }) => state === 'unknown')) {
        await pause(100);
        now = await watched();
      }
      const [core, gone] = now as [Watched, Watched];
      assert.equal(core.state, 'up');
      assert.equal(core.since, core.lastPoll);
      assert.deepEqual([gone.state, gone.reason], ['down', 'connection refused']);
      await red.deploy([access]);
      assert.deepEqual(await watched(), []);
    } finally {
      await device.close();
    }
  });
});
