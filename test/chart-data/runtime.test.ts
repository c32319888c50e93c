import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import helper from 'node-red-node-test-helper';
import register from '../../nodes/chart-data/runtime.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import historyWrite from '../../nodes/history-write/runtime.ts';
import type { HistoryNode } from '../../nodes/shared/red/history-node.ts';
import { catalogue } from '../support/catalogue.ts';
import { type Flow, load, unload } from '../support/flow.ts';

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

// Dates need a language.
function inEnglish(RED: NodeAPI) {
  const _ = catalogue('en-US', 'chart-data');
  register(Object.assign(Object.create(RED) as NodeAPI, { _ }));
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

  it('repeats points without their look: a chart of Dashboard 2 keeps the message with each of them', async () => {
    const flow = await start({ kind: 'line', metrics: 'cpu_usage', interval: 0.2 });
    const first = flow.received('out');
    receive(flow, [cpu(42)]);
    const { payload, ui_update: look } = await first;
    assert.ok(look);
    const again = await flow.received('out');
    assert.deepEqual(again.payload, payload);
    assert.ok(!('ui_update' in again));
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
    // The same without its look.
    await flow.received('out');
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

  it('shows the first part of a list of alerts that comes in several', async () => {
    helper.settings({ userDir });
    const flow = await load(
      [inEnglish, sink],
      [
        { id: 'chart', type: 'netmon-chart-data', kind: 'alerts', wires: [['out']] },
        { id: 'out', type: 'sink' },
      ],
    );
    const one = (name: string) => ({
      ...{ name, state: 'firing', severity: 'critical', metric: 'm', labels: {}, unit: '1' },
      ...{ value: 1, threshold: 0, summary: name, startsAt: 1000, fingerprint: name },
    });
    const sent = flow.received('out');
    flow.send('chart', { payload: [one('a')], parts: { id: 'x', index: 0, count: 2 } });
    flow.send('chart', { payload: [one('b')], parts: { id: 'x', index: 1, count: 2 } });
    assert.equal(((await sent).payload as unknown[]).length, 1);
    assert.match(JSON.stringify((await sent).payload), /"a"/);
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

  describe('with a history database', () => {
    const database = { id: 'db', type: 'netmon-history-database', commitInterval: 0.05 };
    const write = { id: 'write', type: 'netmon-history-write', database: 'db', wires: [] };
    const withHistory = (
      settings: object,
      nodes: object[] = [database, write],
      chart = register,
    ) => {
      helper.settings({ userDir });
      return load(
        [chart, sink, historyDatabase, historyWrite],
        [
          ...nodes,
          {
            ...{ id: 'chart', type: 'netmon-chart-data', metrics: 'cpu_usage', database: 'db' },
            ...{ interval: 0.2, wires: [['out']], ...settings },
          },
          { id: 'out', type: 'sink' },
        ],
      );
    };
    const minute = 60_000;
    const keep = async (...readings: object[]) => {
      const flow = await withHistory({ metrics: 'none' });
      const { history } = flow.node<HistoryNode>('db');
      await (await history()).write(readings as Reading[]);
      await unload();
    };
    const at = (time: number, value: number) => ({ ...cpu(value), time, unit: '%' });
    const next = async () =>
      ((await once(arrived, 'message')) as [{ payload: { x: number; y: number | null }[] }])[0];
    const points = ({ payload }: Awaited<ReturnType<typeof next>>) =>
      payload.filter(({ y }) => y !== null).map(({ x, y }) => [x, y]);

    it('shows what is kept there at once, goes on live and keeps nothing itself', async () => {
      const now = Date.now();
      await keep(at(now - 20 * minute, 1), at(now - minute, 2));
      const first = next();
      const flow = await withHistory({ kind: 'line' });
      assert.deepEqual(points(await first), [
        [now - 20 * minute, 1],
        [now - minute, 2],
      ]);
      const second = next();
      receive(flow, [at(now - minute, 2), at(now, 3)]);
      assert.deepEqual(points(await second), [
        [now - 20 * minute, 1],
        [now - minute, 2],
        [now, 3],
      ]);
      await unload();
      const file = await readFile(join(userDir, 'netmon', 'chart.json'), 'utf8');
      assert.deepEqual((JSON.parse(file) as { series: unknown[] }).series, []);
    });

    it('shows last values', async () => {
      await keep(at(Date.now() - minute, 42));
      const first = once(arrived, 'message');
      await withHistory({ kind: 'gauge' });
      assert.equal(((await first) as [{ payload: unknown }])[0].payload, 42);
    });

    it('shows another period when a message says so, over a deploy too', async () => {
      const now = Date.now();
      await keep(at(now - 50 * minute, 1), at(now - minute, 2));
      let shown = next();
      const flow = await withHistory({ kind: 'line' });
      assert.deepEqual(points(await shown), [[now - minute, 2]]);
      shown = next();
      flow.send('chart', { period: '1h' });
      const both = [
        [now - 50 * minute, 1],
        [now - minute, 2],
      ];
      assert.deepEqual(points(await shown), both);
      await unload();
      shown = next();
      await withHistory({ kind: 'line' });
      assert.deepEqual(points(await shown), both);
    });

    it('draws a heat map of what is kept there, and asks for a database', async () => {
      const now = Date.now();
      await keep(at(now - minute, 42), at(now - minute - 1, 44));
      const first = once(arrived, 'message');
      const settings = { kind: 'heatmap', cells: 'series', window: 1440 };
      await withHistory(settings, [database, write], inEnglish);
      const [{ payload, unit }] = (await first) as [
        { payload: { rows: string[]; cells: number[][] }; unit: string },
      ];
      assert.deepEqual([payload.rows.length, unit], [1, '%']);
      assert.deepEqual(
        payload.cells[0]!.filter((value) => value !== null),
        [43],
      );
      await unload();
      const flow = await withHistory({ kind: 'heatmap', database: '' });
      const told = once(flow.node('chart'), 'call:error');
      receive(flow, [cpu(1)]);
      assert.match(String(((await told) as [{ firstArg: unknown }])[0].firstArg), /noHistory/);
    });

    it('refuses a period that is none, and one for what does not look back', async () => {
      const flow = await withHistory({ kind: 'line' });
      const told = once(flow.node('chart'), 'call:error');
      flow.send('chart', { period: 'soon' });
      assert.match(String(((await told) as [{ firstArg: unknown }])[0].firstArg), /problem\.field/);
      await unload();
      const gauge = await withHistory({ kind: 'gauge' });
      const refused = once(gauge.node('chart'), 'call:error');
      gauge.send('chart', { period: '1h' });
      assert.match(String(((await refused) as [{ firstArg: unknown }])[0].firstArg), /noPeriod/);
    });

    it('works as without one where it cannot be read, says so once, and keeps its readings', async () => {
      const flow = await withHistory({ kind: 'line' }, []);
      const node = flow.node('chart');
      const [told] = (await once(node, 'call:error')) as [{ firstArg: unknown }];
      assert.match(String(told.firstArg), /noHistory/);
      let errors = 0;
      node.on('call:error' as never, () => errors++);
      const shown = next();
      const now = Date.now();
      receive(flow, [at(now, 3)]);
      assert.deepEqual(points(await shown), [[now, 3]]);
      const again = next();
      flow.send('chart', { period: '1h' });
      await again;
      assert.equal(errors, 0);
      await unload();
      const restored = next();
      await withHistory({ kind: 'line' }, []);
      assert.deepEqual(points(await restored), [[now, 3]]);
    });
  });
});
