import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Page } from '../../nodes/contract/pages.ts';
import { dashboardSettings } from '../../nodes/dashboard-data/config.ts';
import dashboardData from '../../nodes/dashboard-data/runtime.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import historyWrite from '../../nodes/history-write/runtime.ts';
import { tellGone } from '../../nodes/shared/red/devices-gone.ts';
import type { HistoryNode } from '../../nodes/shared/red/history-node.ts';
import { catalogue } from '../support/catalogue.ts';
import { deploy, type Flow, load, unload } from '../support/flow.ts';
import { alert, reading } from './support.ts';

type Sent = { payload: Page } & Record<string, unknown>;

describe('netmon-dashboard-data', () => {
  let userDir: string;
  let flow: Flow;
  let server: Server;
  let bus: NodeAPI['events'];

  const { defaults } = dashboardSettings;
  const node = (config: object = {}) => ({
    ...{ id: 'n', type: 'netmon-dashboard-data', ...defaults, wires: [['out']], ...config },
  });
  const start = async (config: object = {}, others: object[] = []) => {
    helper.settings({ userDir });
    const nodes = [node(config), { id: 'out', type: 'helper' }, ...others];
    const _ = catalogue('en-US', 'dashboard-data', 'history-database', 'history-write');
    const register = (RED: NodeAPI) => {
      bus = RED.events;
      server = RED.httpNode.listen(0, '127.0.0.1');
      const needsPermission = () => (_request: unknown, _answer: unknown, go: () => void) => go();
      const red = Object.assign(Object.create(RED) as NodeAPI, { _, auth: { needsPermission } });
      for (const each of [historyDatabase, historyWrite, dashboardData]) each(red);
      RED.nodes.registerType('netmon-config-watch', function (this: Node, own: NodeDef) {
        RED.nodes.createNode(this, own);
      });
    };
    flow = await load(register, nodes);
  };
  const next = async () => (await flow.received('out')) as Sent;
  const ask = async (payload: object, more: object = {}) => {
    let answered = next();
    flow.send('n', { payload, ...more });
    // What all get may come first.
    while ((await answered).topic === 'overview') answered = next();
    return answered;
  };
  const now = () => ({ ...reading('device_up', 1), time: Date.now() });

  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-'));
  });

  afterEach(async () => {
    await unload();
    server.close();
    await rm(userDir, { recursive: true });
  });

  it('has a page of traffic once a collector tells of flows', async () => {
    await start();
    const told = (labels: Record<string, string>) => ({
      ...{ metric: 'flow_rate', value: 5e6, unit: 'bit/s', time: Date.now() },
      labels: { device: 'gw', interface: 'wan', ...labels },
    });
    assert.equal((await ask({ page: 'checks' })).payload.hasTraffic, undefined);
    // More than are taken in at once.
    const talkers = Array.from({ length: 1000 }, (_, i) => told({ talker: `t${i}` }));
    flow.send('n', { topic: 'gw', payload: [told({}), ...talkers] });
    const { payload } = await ask({ page: 'traffic', period: '1h' });
    assert.ok(payload.page === 'traffic' && payload.hasTraffic);
    assert.deepEqual([payload.device, payload.rate, payload.devices], ['gw', 5e6, []]);
    assert.equal(payload.parts[0]!.shares.length, 11);
    const bad = (await ask({ page: 'traffic', at: 'noon' })).payload;
    assert.ok(bad.page === 'none' && /at/.test(bad.asked));
  });

  it('answers the browser that asked, by what each dashboard knows it by', async () => {
    await start();
    const _client = { socketId: 'abc', socketIp: '::1' };
    const answer = await ask(
      { page: 'checks', request: 'a1' },
      { _client, socketid: 'def', topic: 'ask' },
    );
    assert.equal(answer.payload.page, 'checks');
    assert.deepEqual([answer._client, answer.socketid, answer.topic], [_client, 'def', 'checks']);
    assert.equal(answer.payload.request, 'a1');
    assert.equal(answer.payload.period, '24h');
  });

  it('answers what it does not understand with no page, and says why', async () => {
    await start();
    const { payload } = await ask({ page: '../secret', request: 'a2' }, { socketid: 'x' });
    assert.deepEqual([payload.page, payload.request], ['none', 'a2']);
    assert.match((payload as { asked: string }).asked, /overview, devices/);
  });

  it('sends the overview to all once readings came', async () => {
    await start();
    const sent = next();
    flow.send('n', { payload: [now()] });
    const message = await sent;
    assert.equal(message.topic, 'overview');
    assert.equal('socketid' in message, false);
    assert.deepEqual(message.payload.devices, [{ name: 'sw', title: 'sw', state: 'up' }]);
  });

  it('takes in alerts, one by one or all that are active', async () => {
    await start();
    flow.send('n', { payload: alert() });
    let page = (await ask({ page: 'alerts' })).payload as Extract<Page, { page: 'alerts' }>;
    assert.equal(page.active.length, 1);
    flow.send('n', { payload: [], topic: 'alerts' });
    page = (await ask({ page: 'alerts' })).payload as Extract<Page, { page: 'alerts' }>;
    assert.deepEqual([page.active.length, page.ended.length], [0, 1]);
  });

  it('leaves commands and their answers to the alert-manager', async () => {
    await start();
    flow.send('n', { command: 'acknowledge', topic: 'ask', payload: { fingerprint: 'f' } });
    flow.send('n', { command: 'alerts', topic: 'alerts', payload: [] });
    // The first that is answered is what asks for a page.
    const { payload } = await ask({ page: 'checks' }, { socketid: 'x' });
    assert.equal(payload.page, 'checks');
  });

  it('forgets a device that is gone', async () => {
    await start();
    flow.send('n', { payload: [now()] });
    assert.equal((await ask({ page: 'devices' })).payload.devices.length, 1);
    tellGone(bus, new Set(['sw']));
    assert.equal((await ask({ page: 'devices' })).payload.devices.length, 0);
  });

  it('keeps over a deploy which ports had a link', async () => {
    await start();
    const link = (value: number) => reading('interface_up', value, { interface: 'eth0' });
    flow.send('n', { payload: [now(), link(1)] });
    await ask({ page: 'devices' });
    await deploy([node(), { id: 'out', type: 'helper' }]);
    flow.send('n', { payload: [now(), link(0)] });
    const { payload } = await ask({ page: 'device', device: 'sw' });
    assert.equal((payload as Extract<Page, { page: 'device' }>).ports[0]!.state, 'lost-link');
  });

  it('shows what a history database has', async () => {
    const database = { id: 'db', type: 'netmon-history-database', version: 1, name: '' };
    const write = { id: 'w', type: 'netmon-history-write', version: 1, database: 'db', wires: [] };
    await start({ database: 'db' }, [database, write]);
    const hour = 3_600_000;
    const time = Date.now();
    const cpu = (value: number, ago: number) => ({
      ...reading('cpu_usage', value),
      time: time - ago,
    });
    const before = [3, 4, 5].map((value) => cpu(value, value * hour));
    const up = [1, 0].map((value, i) => ({
      ...reading('device_up', value),
      time: time - (2 + i) * hour,
    }));
    const written = new Promise((resolve) => {
      flow.node<Node & { _complete: () => void }>('w')._complete = () => resolve(undefined);
    });
    flow.send('w', { payload: [...before, ...up] });
    await written;
    flow.send('n', { payload: [cpu(9, 0), now()] });
    const { payload } = await ask({ page: 'device', device: 'sw', period: '6h' });
    const page = payload as Extract<Page, { page: 'device' }>;
    assert.equal(page.hasHistory, true);
    const [line] = page.charts[0]!.lines;
    assert.deepEqual(
      line!.values.filter((value) => value !== null),
      [5, 4, 3],
    );
    assert.deepEqual([line!.last, line!.highest], [9, 5]);
    assert.deepEqual(
      page.gauges[0]!.sparkline!.values.filter((value) => value !== null).slice(0, 1),
      [5],
    );
  });

  it('shows the configurations that a config-watch keeps beside a history', async () => {
    const database = { id: 'db', type: 'netmon-history-database', version: 1, name: '' };
    await start({ database: 'db' }, [database]);
    flow.send('n', { payload: [now(), reading('cpu_usage', 5)] });
    const without = await ask({ page: 'device', device: 'sw' });
    assert.equal(without.payload.hasConfigurations, undefined);
    await unload();
    server.close();

    const watch = { id: 'c', type: 'netmon-config-watch', database: 'db' };
    await start({ database: 'db' }, [database, watch]);
    flow.send('n', { payload: [now(), reading('cpu_usage', 5)] });
    const versions = await flow.node<HistoryNode>('db').versions();
    const retention = { count: 10, age: 86_400_000 };
    const time = Date.now();
    for (const [i, text] of ['hostname a\n', 'hostname b\n'].entries()) {
      const added = { device: 'sw', labels: {}, time: time - 60_000 + i, text, retention };
      await versions.add(added);
    }
    const { payload: list } = await ask({ page: 'configurations', search: 'HOSTNAME' });
    assert.equal(list.page, 'configurations');
    const { lines, search } = list;
    assert.deepEqual(
      lines.map(({ device, versions: count }) => [device, count]),
      [['sw', 2]],
    );
    assert.deepEqual(search?.hits[0]?.lines, [{ number: 1, text: 'hostname b' }]);
    const { payload: one } = await ask({ page: 'configuration', device: 'sw' });
    const { diff } = one as Extract<Page, { page: 'configuration' }>;
    assert.deepEqual(diff?.hunks[0]?.lines, ['-hostname a', '+hostname b']);
    const { payload } = await ask({ page: 'device', device: 'sw', period: '1h' });
    const page = payload as Extract<Page, { page: 'device' }>;
    assert.equal(page.hasConfigurations, true);
    assert.equal(page.hasConfiguration, true);
    assert.deepEqual(
      page.charts[0]!.marks.map(({ text }) => text),
      ['Configuration'],
    );
    const { payload: none } = await ask({ page: 'configuration', device: 'other' });
    assert.equal(none.page, 'none');
  });

  it('serves a status page until it closes, and the elements', async () => {
    await start({ statusPage: true, statusTitle: 'Our <net>' });
    const get = (path: string, headers = {}) =>
      fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers });
    flow.send('n', { payload: [now()] });
    const html = await get('/netmon/status');
    assert.match(html.headers.get('content-security-policy')!, /default-src 'none'/);
    const text = await html.text();
    assert.match(text, /<title>Our &#60;net&#62;<\/title>/);
    assert.match(text, /src="\.\.\/netmon\/elements\/netmon-dashboard\.js"/);
    const page = (await (await get('/netmon/status/data')).json()) as Page;
    assert.deepEqual([page.page, page.devices.length], ['status', 1]);
    const script = await get('/netmon/elements/netmon-heat-map.js');
    assert.match(script.headers.get('content-type')!, /javascript/);
    await deploy([{ id: 'out', type: 'helper' }]);
    assert.equal((await get('/netmon/status')).status, 404);
  });
});
