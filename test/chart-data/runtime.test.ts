import assert from 'node:assert/strict';
import { once } from 'node:events';
import register from '../../nodes/chart-data/runtime.ts';
import { load, unload, type Flow } from '../support/flow.ts';

const receive = (flow: Flow, payload: unknown) => flow.send('chart', { payload, topic: 'core-1' });
const cpu = (value: unknown) => ({ metric: 'cpu_usage', value, labels: { device: 'core-1' } });

describe('netmon-chart-data', () => {
  const start = (settings: object) =>
    load(register, [
      { id: 'chart', type: 'netmon-chart-data', wires: [['out']], ...settings },
      { id: 'out', type: 'helper' },
    ]);
  afterEach(unload);

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
