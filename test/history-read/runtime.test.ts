import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Reading } from '../../nodes/contract/reading.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import type { ChartPreview, TablePreview } from '../../nodes/history-read/preview.ts';
import historyRead from '../../nodes/history-read/runtime.ts';
import type { HistorySeries } from '../../nodes/shared/history/answers.ts';
import { requestDefaults } from '../../nodes/shared/history/request.ts';
import type { HistoryNode } from '../../nodes/shared/red/history-node.ts';
import { catalogue } from '../support/catalogue.ts';
import { type Flow, load, unload } from '../support/flow.ts';

const hour = 3_600_000;

describe('netmon-history-read', function () {
  this.timeout(20_000);
  let userDir: string;
  let flow: Flow;
  let admin: Server;
  let now: number;

  const start = async (settings: object = {}) => {
    helper.settings({ userDir });
    const _ = catalogue('en-US', 'history-database', 'history-read');
    const register = (RED: NodeAPI) => {
      admin = RED.httpAdmin.listen(0, '127.0.0.1');
      const red = Object.assign(Object.create(RED) as NodeAPI, { _ });
      historyDatabase(red);
      historyRead(red);
    };
    flow = await load(register, [
      { id: 'db', type: 'netmon-history-database', commitInterval: 0.05 },
      {
        ...{ id: 'read', type: 'netmon-history-read', database: 'db', wires: [['out']] },
        ...settings,
      },
      { id: 'out', type: 'helper' },
    ]);
    const history = await flow.node<HistoryNode>('db').history();
    const readings = [2, 1, 0].flatMap((i): Reading[] =>
      ['eth0', 'eth1'].map((name) => ({
        ...{ metric: 'in_rate', unit: 'bit/s', time: now - i * 60_000 },
        value: name === 'eth0' ? 100 + i : 10,
        labels: { device: 'a', interface: name },
      })),
    );
    await history.write([
      ...readings,
      { metric: 'cpu_usage', value: 50, unit: '%', time: now - 24 * hour, labels: { device: 'a' } },
    ]);
  };
  const stop = async () => {
    await unload();
    admin.close();
  };
  const read = async (message: object = {}) => {
    const received = flow.received('out');
    flow.send('read', message);
    return received;
  };
  /** What `done` is called with. */
  const failure = (message: object) =>
    new Promise<unknown>((resolve) => {
      const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
        'read',
      );
      node._complete = (_, error) => resolve(error);
      flow.send('read', message);
    });
  const preview = async (request: object, output = 'readings') => {
    if (!admin.listening) await once(admin, 'listening');
    const { port } = admin.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/netmon/history-read/preview`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ database: 'db', output, request }),
    });
    return (await answer.json()) as ChartPreview & TablePreview & { error?: string };
  };

  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    // A second ago: what is read ends before now.
    now = Date.now() - 1000;
  });

  afterEach(async () => {
    await stop();
    rmSync(userDir, { recursive: true, force: true });
  });

  it('sends readings of its metrics, and keeps the rest of the message', async () => {
    await start({ metrics: 'in_*', labels: 'interface=eth0', step: 'raw', from: '1h' });
    const { payload, other, omitted, from, to } = await read({ other: 'kept' });
    assert.deepEqual(
      (payload as Reading[]).map(({ metric, value, labels }) => [metric, value, labels.interface]),
      [
        ['in_rate', 102, 'eth0'],
        ['in_rate', 101, 'eth0'],
        ['in_rate', 100, 'eth0'],
      ],
    );
    assert.deepEqual([other, omitted, Number(to) - Number(from)], ['kept', 0, hour]);
  });

  it('sends series, rows and CSV', async () => {
    const asked = { metrics: 'in_rate', step: 'raw', from: '1h' };
    await start({ ...asked, output: 'series', groupBy: 'device' });
    const query = { step: '1d', aggregation: ['max', 'count'] };
    const [one] = (await read({ query })).payload as HistorySeries[];
    assert.deepEqual([one!.labels, one!.unit], [{ device: 'a' }, 'bit/s']);
    assert.deepEqual(Object.keys(one!.values), ['max', 'count']);
    await stop();
    await start({ ...asked, output: 'rows', labels: 'interface="eth1"' });
    const rows = (await read()).payload as object[];
    assert.deepEqual(rows.at(-1), {
      ...{ time: now, metric: 'in_rate', device: 'a', interface: 'eth1', value: 10 },
      unit: 'bit/s',
    });
    await stop();
    await start({ ...asked, output: 'csv', labels: 'interface=eth1' });
    assert.equal(
      String((await read()).payload).split('\r\n')[0],
      'time,metric,device,interface,value,unit',
    );
  });

  it('sends JSON lines that are readings', async () => {
    await start({
      metrics: 'in_rate',
      step: 'raw',
      from: '1h',
      output: 'jsonl',
      labels: 'interface=eth1',
    });
    const lines = String((await read()).payload)
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, 3);
    assert.deepEqual(JSON.parse(lines[2]!), {
      ...{ metric: 'in_rate', value: 10, unit: 'bit/s', time: now },
      labels: { device: 'a', interface: 'eth1' },
    });
  });

  it('sends how available devices were, with names of labels kept apart from its own', async () => {
    await start({ output: 'availability' });
    assert.deepEqual((await read()).payload, []);
    const history = await flow.node<HistoryNode>('db').history();
    const labels = { device: 'a', bar: 'x' };
    await history.write([{ metric: 'device_up', value: 1, unit: '1', time: now, labels }]);
    const { payload, topic } = await read();
    const [{ bar, ...row } = { bar: undefined }] = payload as { bar: { state: string }[] }[];
    assert.deepEqual(row, {
      ...{ device: 'a', label_bar: 'x' },
      ...{ up24h: 100, up7d: 100, up30d: 100, up365d: 100 },
    });
    assert.equal(bar!.length, 48);
    assert.equal(topic, 'availability');
  });

  it('takes what a message asks for instead', async () => {
    await start({ metrics: 'nothing' });
    assert.deepEqual((await read()).payload, []);
    const query = { metrics: 'cpu_usage', from: '26h', step: 'raw' };
    assert.equal(((await read({ query })).payload as Reading[])[0]!.value, 50);
  });

  it('lays the day before upon the day', async () => {
    const asked = { metrics: 'cpu_usage', step: 'raw', from: '1h', timeZone: 'UTC' };
    await start({ ...asked, compare: 'day', output: 'series' });
    const [one] = (await read()).payload as HistorySeries[];
    assert.deepEqual(one!.labels, { device: 'a', compared: 'day before' });
    assert.deepEqual(one!.times, [now]);
  });

  it('says which field of the message is wrong', async () => {
    await start();
    const wrong: [object, RegExp][] = [
      [{ from: 'tomorrow' }, /^From: expected 24h, yesterday/],
      [{ step: 0 }, /^Step: expected auto, raw/],
      [{ speed: 1 }, /expected only the fields metrics, labels, from/],
      [{ labels: 'device' }, /^Labels: expected label matchers/],
      [{ top: -1 }, /^Largest: expected a number from 1/],
    ];
    for (const [query, text] of wrong) assert.match(String(await failure({ query })), text);
    assert.match(String(await failure({ query: 'cpu' })), /expected an object/);
  });

  it('exports a period to a file, by its name as CSV or JSON lines', async () => {
    await start({ from: '1h', step: '1h' });
    const { payload, readings } = await read({ export: 'out.csv', query: { metrics: 'in_rate' } });
    assert.deepEqual([payload, readings], [join(userDir, 'out.csv'), 6]);
    const lines = readFileSync(join(userDir, 'out.csv'), 'utf8').trim().split('\r\n');
    assert.equal(lines.length, 7);
    assert.equal(lines[0], 'time,metric,device,interface,value,unit');
    await read({ export: 'out.jsonl' });
    const [first] = readFileSync(join(userDir, 'out.jsonl'), 'utf8').split('\n');
    assert.equal((JSON.parse(first!) as Reading).metric, 'in_rate');
    assert.match(String(await failure({ export: 'none/out.csv' })), /ENOENT/);
    assert.match(String(await failure({ export: '' })), /export/);
    assert.deepEqual(
      readdirSync(userDir).filter((name) => name.startsWith('out')),
      ['out.csv', 'out.jsonl'],
    );
  });

  it('shows its dialog what it would read', async () => {
    await start();
    const request = { ...requestDefaults, metrics: 'in_rate', step: 'raw', from: '1h', top: '1' };
    const { lines, more } = await preview(request);
    assert.deepEqual(
      lines.map(({ legend, unit, values }) => [legend, unit, values]),
      [['in_rate', 'bit/s', [102, 101, 100]]],
    );
    assert.equal(more, 0);
    assert.match((await preview({ ...request, from: 'x' })).error!, /^From: expected/);
  });

  it('shows its dialog how available devices were', async () => {
    await start();
    const history = await flow.node<HistoryNode>('db').history();
    const up = { metric: 'device_up', value: 1, unit: '1', time: now, labels: { device: 'a' } };
    await history.write([up]);
    const { rows, more } = await preview(requestDefaults, 'availability');
    assert.deepEqual(
      rows.map(({ name, up24h, up30d, bar }) => [name, up24h, up30d, bar.at(-1)!.state]),
      [['a', 100, 100, 'up']],
    );
    assert.equal(more, 0);
  });

  it('says at once that a setting is bad', async () => {
    await start({ step: '0s' });
    assert.match(String(await failure({})), /^Step: expected auto, raw/);
  });
});
