import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Alert } from '../../nodes/contract/alert.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import correlate from '../../nodes/correlate/runtime.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import type { AnyHistory, HistoryNode } from '../../nodes/shared/red/history-node.ts';
import { catalogue } from '../support/catalogue.ts';
import { type Flow, load, unload } from '../support/flow.ts';

const minute = 60_000;

describe('netmon-correlate', function () {
  this.timeout(30_000);
  let userDir: string;
  let flow: Flow;
  let now: number;

  const start = async (settings: object = {}) => {
    helper.settings({ userDir });
    const _ = catalogue('en-US', 'history-database', 'correlate');
    const register = (RED: NodeAPI) => {
      const red = Object.assign(Object.create(RED) as NodeAPI, { _ });
      historyDatabase(red);
      correlate(red);
    };
    flow = await load(register, [
      { id: 'db', type: 'netmon-history-database', commitInterval: 0.05 },
      {
        ...{ id: 'node', type: 'netmon-correlate', database: 'db' },
        ...{ wires: [['changes'], ['alerts']], ...settings },
      },
      { id: 'changes', type: 'helper' },
      { id: 'alerts', type: 'helper' },
    ]);
  };
  const keep = async (metric: string, labels: Record<string, string>, rise: number) => {
    const history = await flow.node<HistoryNode>('db').history();
    const readings = Array.from({ length: 360 }, (_, i): Reading => ({
      ...{ metric, labels, unit: 'ms', time: now - (359 - i) * minute },
      value: (i < 340 ? 10 : 10 * rise) + (i % 7) / 10,
    }));
    await history.write(readings);
  };
  const answer = async (message: object, id: 'changes' | 'alerts' = 'changes') => {
    const received = flow.received(id);
    flow.send('node', message);
    return received;
  };
  /** What `done` is called with. */
  const done = (message: object) =>
    new Promise<unknown>((resolve) => {
      const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
        'node',
      );
      node._complete = (_, error) => resolve(error);
      flow.send('node', message);
    });
  const alert = (more: Partial<Alert> = {}): Alert => ({
    ...{ name: 'Slow', state: 'firing', severity: 'warning', metric: 'latency', unit: 'ms' },
    ...{ labels: { device: 'web' }, value: 40, threshold: 20, summary: 'slow' },
    ...{ startsAt: now - 10 * minute, fingerprint: 'f', ...more },
  });

  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'netmon-correlate-'));
    now = Date.now() - 1000;
  });

  afterEach(async () => {
    await unload();
    rmSync(userDir, { recursive: true, force: true });
  });

  it('tells what changed in its span, as rows with sentences', async () => {
    await start();
    await keep('latency', { device: 'web' }, 4);
    await keep('jitter', { device: 'calm' }, 1);
    const told = await answer({ payload: 1 });
    const rows = told.payload as Record<string, unknown>[];
    assert.equal(rows.length, 1);
    assert.equal(rows[0]!.device, 'web');
    assert.equal(rows[0]!.metric, 'latency');
    assert.ok(Math.abs((rows[0]!.factor as number) - 3.9) < 0.2);
    assert.match(String(rows[0]!.sentence), /^Response time of web rose 3\.\d times \(10\.\d ms/);
    assert.deepEqual(told.sentences, [rows[0]!.sentence]);
    assert.equal(told.summary, '1 of 2 series changed');
    assert.deepEqual([told.series, told.changed, told.omitted], [2, 1, 0]);
    assert.deepEqual(told.events, []);
    assert.equal(told.topic, 'changes');
  });

  it('tells it as readings, and as a text', async () => {
    await start({ output: 'readings' });
    await keep('latency', { device: 'web' }, 4);
    const [reading] = (await answer({ from: '1h' })).payload as Reading[];
    assert.equal(reading!.metric, 'series_change');
    assert.deepEqual(reading!.labels, { device: 'web', metric: 'latency' });
    assert.ok(reading!.value > 70 && reading!.value < 76);
    await unload();
    await start({ output: 'sentences' });
    const text = (await answer({ from: '1h' })).payload as string;
    assert.match(text, /^1 of 1 series changed\nResponse time of web rose/);
  });

  it('takes the span of a message, and says what is wrong with it', async () => {
    await start();
    await keep('latency', { device: 'web' }, 4);
    const told = await answer({ from: now - 200 * minute, to: now - 100 * minute });
    assert.equal(told.summary, 'None of 1 series changed');
    assert.match(String(await done({ from: 'soon' })), /^From: expected .*"soon"/);
    assert.match(String(await done({ from: now + 9e6, to: now + 9e7 })), /a time in the past/);
    assert.match(String(await done({ from: '1h', to: '2h' })), /^To: /);
    assert.equal((await answer({ from: '300d', to: '299d' })).summary, 'Nothing is kept of that');
  });

  it('says where nothing is kept of the time before', async () => {
    await start({ metrics: 'latency' });
    await keep('latency', { device: 'web' }, 4);
    const told = await answer({ from: '12h' });
    assert.match(String(told.summary), /^Nothing is kept of the time before, from 20/);
    assert.deepEqual(told.payload, []);
    const none = await answer({ from: '1h', to: '30m' });
    assert.equal(none.summary, 'None of 1 series changed');
  });

  it('gives an alert the suspects that it has, and keeps all else of the message', async () => {
    await start();
    await keep('latency', { device: 'web' }, 4);
    await keep('packet_loss', { device: 'router' }, 9);
    const given = { topic: 't', payload: { ...alert(), own: 1 }, group: { key: 'g' } };
    const told = await answer(given, 'alerts');
    const { suspects, ...rest } = told.payload as Alert & { own: number };
    assert.deepEqual(rest, given.payload);
    assert.deepEqual([told.topic, told.group], ['t', { key: 'g' }]);
    assert.equal(suspects!.length, 1);
    const [suspect] = suspects!;
    assert.deepEqual([suspect!.metric, suspect!.labels], ['packet_loss', { device: 'router' }]);
    assert.match(suspect!.sentence, /^Packet loss of router rose .*at the same time$/);
    assert.equal(suspect!.lag, 0);
    assert.ok(suspect!.factor! > 8);
  });

  it('gives those of a group theirs, and leaves the others as they are', async () => {
    await start();
    await keep('latency', { device: 'web' }, 4);
    await keep('packet_loss', { device: 'router' }, 9);
    const over = alert({ state: 'resolved', fingerprint: 'o' });
    const told = await answer({ payload: [over, alert(), alert({ event: true })] }, 'alerts');
    const [first, second, third] = told.payload as Alert[];
    assert.deepEqual(first, over);
    assert.equal(second!.suspects!.length, 1);
    assert.deepEqual(third, alert({ event: true }));
  });

  it('passes on what is no news: resolved and listed alerts, commands, and what has suspects', async () => {
    await start({ database: 'none' });
    for (const message of [
      { payload: alert({ state: 'resolved' }) },
      { payload: alert({ state: 'pending' }) },
      { payload: [alert()], topic: 'alerts' },
      { payload: [], topic: 'alerts' },
      { payload: [alert()], source: 's' },
      { payload: {}, command: 'expire' },
      { payload: { page: 'alerts' }, topic: 'ask' },
    ]) {
      const { payload } = await answer(message, 'alerts');
      assert.deepEqual(payload, message.payload);
    }
  });

  it('passes an alert on without history, and says why once', async () => {
    await start({ database: 'none' });
    const passed = flow.received('alerts');
    assert.match(String(await done({ payload: alert() })), /history/);
    assert.deepEqual((await passed).payload, alert());
    const again = flow.received('alerts');
    assert.equal(await done({ payload: alert() }), undefined);
    assert.deepEqual((await again).payload, alert());
  });

  it('passes a bad alert on, and names its field', async () => {
    await start();
    const bad = { ...alert(), startsAt: undefined };
    const passed = flow.received('alerts');
    assert.match(String(await done({ payload: bad })), /startsAt/);
    assert.deepEqual((await passed).payload, bad);
    const unlabelled = { ...alert(), labels: undefined };
    assert.ok(await answer({ payload: unlabelled }, 'alerts'));
  });

  it('passes an alert on with bad settings', async () => {
    await start({ times: 0 });
    const { payload } = await answer({ payload: alert() }, 'alerts');
    assert.deepEqual(payload, alert());
    assert.match(String(await done({ from: '1h' })), /^Against: /);
  });

  it('does not let an alert wait for longer than its limit, and keeps the order', async () => {
    await start({ timeLimit: 0.5 });
    const node = flow.node<HistoryNode & Pick<HistoryNode, 'history'>>('db');
    const real = await node.history();
    // It never answers.
    const silent = Object.assign(Object.create(real) as AnyHistory, {
      analyse: () => new Promise(() => {}),
    });
    node.history = () => Promise.resolve(silent);
    const seen: string[] = [];
    const both = new Promise<void>((resolve) => {
      flow.node('alerts').on('input', (message) => {
        seen.push((message.payload as Alert).state);
        if (seen.length === 3) resolve();
      });
    });
    const failed = done({ payload: alert() });
    flow.send('node', { payload: alert({ fingerprint: 'g' }) });
    flow.send('node', { payload: alert({ state: 'resolved' }) });
    assert.match(String(await failed), /0\.5|time/i);
    await both;
    assert.deepEqual(seen, ['firing', 'firing', 'resolved']);
  });
});
