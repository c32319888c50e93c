import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import helper from 'node-red-node-test-helper';
import register from '../../nodes/chart-data/runtime.ts';
import { load, unload, type Flow } from '../support/flow.ts';

const receive = (flow: Flow, payload: unknown) => flow.send('chart', { payload, topic: 'core-1' });
const cpu = (value: unknown) => ({ metric: 'cpu_usage', value, labels: { device: 'core-1' } });

const arrived = new EventEmitter();

// Hears from its start on, unlike a helper node.
function sink(RED: NodeAPI) {
  RED.nodes.registerType('sink', function (this: Node, config: NodeDef) {
    RED.nodes.createNode(this, config);
    this.on('input', (message) => arrived.emit('message', message));
  });
}

describe('netmon-chart-data', () => {
  let userDir: string;
  const start = (settings: object) => {
    helper.settings({ userDir });
    return load(
      [register, sink],
      [
        { id: 'chart', type: 'netmon-chart-data', wires: [['out']], ...settings },
        { id: 'out', type: 'sink' },
      ],
    );
  };
  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-chart-'));
  });
  afterEach(async () => {
    await unload();
    await rm(userDir, { recursive: true });
  });

  it('sends the shape of the readings that it is about', async () => {
    const flow = await start({ name: 'CPU', kind: 'gauge', metrics: 'cpu_usage' });
    const sent = flow.received('out');
    receive(flow, [cpu(42), { metric: 'uptime', value: 5, labels: { device: 'core-1' } }]);
    const { topic, payload, unit, ui_update: update } = await sent;
    assert.deepEqual(
      { topic, payload, unit, update },
      {
        topic: 'CPU',
        payload: 42,
        unit: '%',
        update: { units: '%' },
      },
    );
  });

  it('takes a bare number with its metric as topic', async () => {
    const flow = await start({ kind: 'gauge', metrics: 'latency' });
    const sent = flow.received('out');
    flow.send('chart', { topic: 'latency', payload: '12.5' });
    assert.equal((await sent).payload, 12.5);
  });

  it('sends what comes within its interval once, and late', async () => {
    const flow = await start({ kind: 'gauge', metrics: 'cpu_usage', interval: 0.5 });
    const first = flow.received('out');
    for (const value of [1, 2, 3, 4]) receive(flow, [cpu(value)]);
    assert.equal((await first).payload, 1);
    assert.equal((await flow.received('out')).payload, 4);
  });

  it('clears its chart when all series have fallen silent', async () => {
    const flow = await start({ kind: 'bar', metrics: 'cpu_usage', staleAfter: 1, interval: 0.2 });
    const first = flow.received('out');
    receive(flow, [cpu(1)]);
    await first;
    assert.deepEqual((await flow.received('out')).payload, []);
  });

  for (const kind of ['line', 'gauge']) {
    it(`shows after a restart what it showed before, without being asked: ${kind}`, async () => {
      const settings = { kind, metrics: 'cpu_usage' };
      const first = once(arrived, 'message');
      const before = await start(settings);
      receive(before, [cpu(42)]);
      const [{ payload }] = (await first) as [{ payload: unknown }];
      await unload();
      const again = once(arrived, 'message');
      await start(settings);
      assert.deepEqual(((await again) as [{ payload: unknown }])[0].payload, payload);
    });
  }

  it('begins anew where what it kept is damaged, and says so', async () => {
    const settings = { kind: 'gauge', metrics: 'cpu_usage' };
    await start(settings);
    await unload();
    await writeFile(join(userDir, 'netmon', 'chart.json'), '{"version":1,"series":7}');
    const flow = await start(settings);
    const warned = once(flow.node('chart'), 'call:warn');
    const sent = flow.received('out');
    receive(flow, [cpu(42)]);
    assert.equal((await sent).payload, 42);
    const [call] = (await warned) as [{ firstArg: unknown }];
    assert.match(String(call.firstArg), /stateDamaged/);
  });

  it('tells of a bad reading once and takes the others', async () => {
    const flow = await start({ kind: 'gauge', metrics: 'cpu_usage' });
    const sent = flow.received('out');
    const told = once(flow.node('chart'), 'call:error');
    receive(flow, [cpu('much'), cpu(7), cpu(null)]);
    assert.equal((await sent).payload, 7);
    const [call] = (await told) as [{ firstArg: unknown }];
    assert.match(String(call.firstArg), /problem\.readings/);
  });

  it('shows active alerts as a table', async () => {
    const flow = await start({ kind: 'alerts' });
    const sent = flow.received('out');
    receive(flow, []);
    assert.deepEqual((await sent).payload, []);
  });

  it('refuses what is no list of alerts', async () => {
    const flow = await start({ kind: 'alerts' });
    const told = once(flow.node('chart'), 'call:error');
    receive(flow, 7);
    const [call] = (await told) as [{ firstArg: unknown }];
    assert.match(String(call.firstArg), /problem\.field/);
  });

  it('says what is wrong with its settings, at every message too', async () => {
    const flow = await start({ kind: 'radar' });
    const told = once(flow.node('chart'), 'call:error');
    receive(flow, [cpu(7)]);
    const [call] = (await told) as [{ firstArg: unknown }];
    assert.match(String(call.firstArg), /problem\.field/);
  });
});
