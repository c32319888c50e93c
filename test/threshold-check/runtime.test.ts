import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import shared from '../../locales/en-US/shared.json' with { type: 'json' };
import own from '../../locales/en-US/threshold-check.json' with { type: 'json' };
import type { Alert } from '../../nodes/contract/alert.ts';
import { fill } from '../../nodes/shared/problem.ts';
import thresholdCheck from '../../nodes/threshold-check/runtime.ts';
import type { answerReplay } from '../../nodes/threshold-check/runtime-replay.ts';
import { deploy, type Flow, load, unload } from '../support/flow.ts';
import { type Kept as KeptSeries, KeptReadings } from '../support/kept-readings.ts';

interface Kept {
  run: string;
  series: { time: number; watches: { phase: { since: number } }[] }[];
}

type Sent = { topic: string } & ({ payload: Alert } | { payload: Alert[] } | { payload: Replayed });
type Replayed = Awaited<ReturnType<typeof answerReplay>>;

const cpu = { metric: 'cpu_usage', comparison: '>', threshold: 80 };

function english(key: string, params: Record<string, string> = {}): string {
  let text: unknown = { ...own, shared };
  // A key may name the catalogue that it is in.
  for (const part of key.replace(/^.*:/, '').split('.')) {
    text = (text as Record<string, unknown>)[part];
  }
  return fill(text as string, params);
}

describe('netmon-threshold-check', () => {
  let userDir: string;
  let flow: Flow;
  /** what the node did, in words: messages on both outputs, warnings, errors */
  let events: string[];
  let happened: EventEmitter;
  /** what a history database of the flow has */
  let kept: KeptSeries[];

  const note = (event: string) => {
    events.push(event);
    happened.emit('event');
  };

  // Gives the events since the last call, once there are as many.
  const next = async (count: number) => {
    while (events.length < count) await once(happened, 'event');
    return events.splice(0);
  };

  const start = async (config: object = {}) => {
    helper.settings({ userDir });
    const register = (RED: NodeAPI) => {
      const api = Object.assign(Object.create(RED) as NodeAPI, { _: english });
      api.nodes = Object.assign(Object.create(RED.nodes) as NodeAPI['nodes'], {
        createNode(node: Node, def: never) {
          RED.nodes.createNode(node, def);
          node.warn = (text: unknown) => note(`warning: ${String(text)}`);
          node.error = (text: unknown) => note(`error: ${String(text)}`);
        },
      });
      thresholdCheck(api);
      RED.nodes.registerType('netmon-history-database', function (this: Node, def: never) {
        RED.nodes.createNode(this, def);
        Object.assign(this, { history: () => Promise.resolve(new KeptReadings(kept)) });
      });
      RED.nodes.registerType('note-taker', function (this: Node, def: never) {
        RED.nodes.createNode(this, def);
        this.on('input', (message) => {
          const { topic, payload } = message as Sent;
          if ('fired' in payload) {
            note(`${topic}: ${payload.readings}, ${payload.fired} fired`);
          } else if (Array.isArray(payload)) {
            note(`${topic}: ${payload.map((a) => a.summary).join()}`);
          } else {
            note(`${payload.state}: ${payload.summary}`);
          }
        });
      });
    };
    const wires = [['note'], ['note'], ['note']];
    const check = { id: 'check', type: 'netmon-threshold-check', wires };
    flow = await load(register, [
      { rules: [cpu], sendPending: false, ...check, ...config },
      { id: 'db', type: 'netmon-history-database' },
      { id: 'note', type: 'note-taker' },
    ]);
  };

  const read = (value: unknown, more: object = {}) => {
    const payload = { metric: 'cpu_usage', value, labels: { device: 'a' }, ...more };
    flow.send('check', { payload: [payload] });
  };

  const states = async () =>
    (await readdir(join(userDir, 'netmon'))).filter((name) => name.endsWith('.json'));

  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-threshold-'));
    events = [];
    happened = new EventEmitter();
    kept = [];
  });
  afterEach(async () => {
    await unload();
    await rm(userDir, { recursive: true });
  });

  const firing = 'firing: CPU on a is 93 % (limit 80 %)';
  const active = 'alerts: CPU on a is 93 % (limit 80 %)';
  const resolved = 'resolved: CPU on a is 20 % (limit 80 %)';
  const nothing = 'alerts: ';

  it('sends an alert and the list of active ones at each change, and the list at the start', async () => {
    await start();
    assert.deepEqual(await next(1), [nothing]);
    for (const value of [20, 93, 95, 20, 10]) read(value);
    assert.deepEqual(await next(4), [firing, active, resolved, nothing]);
  });

  it('checks the good readings of a message beside bad ones, which it names', async () => {
    await start();
    await next(1);
    const labels = JSON.parse('{"__proto__": "x"}') as object;
    const reading = { metric: 'cpu_usage', value: 93, labels: { device: 'a' } };
    flow.send('check', {
      payload: [
        { ...reading, value: 'high' },
        reading,
        { ...reading, value: -Infinity },
        { ...reading, labels },
        'no JSON',
      ],
    });
    assert.deepEqual(await next(3), [
      'error: 4 readings are left out: ' +
        'msg.payload, entry 1, value: expected a number, but got "high"; ' +
        'msg.payload, entry 3, value: expected a number, but got -Infinity; ' +
        'msg.payload, entry 4, Labels, __proto__: expected a label name of letters, digits and _, not starting with a digit, but got "__proto__"; ' +
        'msg.payload, entry 5: expected a reading, a list of readings or a number, but got "no JSON"',
      firing,
      active,
    ]);
  });

  it('takes a bare number with the topic as its metric', async () => {
    await start();
    await next(1);
    flow.send('check', { topic: 'cpu_usage', payload: '93' });
    assert.deepEqual((await next(2))[0], 'firing: CPU is 93 % (limit 80 %)');
  });

  it('repeats nothing after a restart, and tells of the end', async () => {
    await start();
    read(93);
    await next(3);
    await unload();
    await start();
    assert.deepEqual(await next(1), [active]);
    read(94);
    read(20);
    assert.deepEqual(await next(2), [resolved, nothing]);
  });

  /** Restarts while a rule is pending, with what was kept changed in between. */
  const restartPending = async (seconds: number, change: (state: Kept) => void) => {
    const rules = [{ ...cpu, for: seconds }];
    await start({ rules });
    read(93);
    await next(1);
    await unload();
    const file = join(userDir, 'netmon', 'check.json');
    const state = JSON.parse(await readFile(file, 'utf8')) as Kept;
    change(state);
    await writeFile(file, JSON.stringify(state));
    await start({ rules });
    read(93);
  };

  it('loses no waiting time in a redeploy', async () => {
    await restartPending(600, ({ series: [series] }) => {
      series!.watches[0]!.phase.since -= 600_000;
    });
    assert.deepEqual(await next(3), [nothing, firing, active]);
  });

  it('counts the time since the last reading in a redeploy, but not after a crash', async () => {
    const waited = ({ series: [series] }: Kept) => {
      series!.time -= 200_000;
      series!.watches[0]!.phase.since -= 200_000;
    };
    await restartPending(200, waited);
    assert.deepEqual(await next(3), [nothing, firing, active]);
    await unload();
    await rm(join(userDir, 'netmon'), { recursive: true });
    await restartPending(200, (state) => {
      waited(state);
      state.run = 'another';
    });
    flow.send('check', { rules: null });
    assert.deepEqual(await next(2), [nothing, nothing]);
  });

  it('resolves the alerts of a rule that was changed while it was stopped', async () => {
    await start();
    read(93);
    await next(3);
    await unload();
    await start({ rules: [{ ...cpu, threshold: 50 }] });
    assert.deepEqual(await next(2), [
      'resolved: cpu_usage > 80 on a is no longer checked',
      nothing,
    ]);
  });

  it('takes rules from a message, keeps them over a restart and gives them back', async () => {
    await start();
    await next(1);
    flow.send('check', { rules: [{ ...cpu, threshold: 90 }] });
    await next(1);
    read(85);
    read(93);
    assert.equal((await next(2))[0], 'firing: CPU on a is 93 % (limit 90 %)');
    await unload();
    await start();
    assert.deepEqual(await next(1), ['alerts: CPU on a is 93 % (limit 90 %)']);
    flow.send('check', { rules: null });
    await next(2);
    read(85);
    assert.equal((await next(2))[0], 'firing: CPU on a is 85 % (limit 80 %)');
  });

  it('drops the rules of a message where its table has changed', async () => {
    await start();
    flow.send('check', { rules: [{ ...cpu, threshold: 10 }] });
    await next(2);
    await unload();
    await start({ rules: [{ ...cpu, threshold: 90 }] });
    for (const value of [85, 93]) read(value);
    assert.equal((await next(3))[1], 'firing: CPU on a is 93 % (limit 90 %)');
  });

  it('keeps its rules where one of a message is wrong', async () => {
    await start();
    await next(1);
    const bad = { ...cpu, name: 'b', threshold: 'high' };
    flow.send('check', { rules: [{ ...cpu, threshold: 99 }, bad] });
    read(93);
    assert.deepEqual(await next(3), [
      'error: rule 2, Threshold: expected a number, but got "high"',
      firing,
      active,
    ]);
  });

  it('names each wrong rule of its table and checks the others', async () => {
    await start({
      rules: [{ ...cpu, metric: 'CPU usage' }, cpu, { ...cpu, name: 'x', clearThreshold: 81 }],
    });
    read(93);
    assert.deepEqual(await next(4), [
      'error: rule 1, Metric: expected a metric name of letters, digits and _ : . / - such as cpu_usage, but got "CPU usage"',
      'error: rule 3, Ends at: expected at most the threshold, 80, but got 81',
      nothing,
      firing,
    ]);
  });

  it('warns of a metric that looks like a slip', async () => {
    await start({ rules: [{ ...cpu, metric: 'cpu_usge' }] });
    assert.deepEqual(await next(2), [
      'warning: rule 1, Metric: no Netmon node sends cpu_usge; is cpu_usage meant?',
      nothing,
    ]);
  });

  it('starts anew with a warning where the kept state is damaged', async () => {
    await mkdir(join(userDir, 'netmon'));
    await writeFile(join(userDir, 'netmon', 'check.json'), '{"version":1,"rules":7}');
    await start();
    read(93);
    assert.deepEqual(await next(4), [
      'warning: the kept state cannot be read, so everything starts anew: Rules: expected a list, but got 7',
      nothing,
      firing,
      active,
    ]);
    const aside = await readFile(join(userDir, 'netmon', 'check.json.damaged'), 'utf8');
    assert.equal(aside, '{"version":1,"rules":7}');
  });

  it('shows in words how things are', async () => {
    await start({ rules: [cpu, { ...cpu, threshold: 90, for: 60 }] });
    await next(1);
    const statuses: string[] = [];
    const node = flow.node('check');
    node.status = (status) => {
      const text = (status as { text: string }).text;
      statuses.push(text.replace(/ · .*/, ''));
    };
    read(20);
    read(93);
    await next(2);
    assert.deepEqual(statuses, ['all OK, 1 series', '1 firing, 1 pending']);
  });

  it('tries its rules out on the past, and tells of no alert', async () => {
    const minute = 60_000;
    const points = [90, 20, 95].map((value, i): [number, number] => {
      return [Date.now() - (10 - i) * minute, value];
    });
    kept = [['cpu_usage', { device: 'a' }, points]];
    await start();
    await next(1);
    flow.send('check', { replay: '1h' });
    assert.deepEqual(await next(1), ['replay: 3, 2 fired']);
    flow.send('check', { replay: { from: '1h', to: '5m' } });
    assert.deepEqual(await next(1), ['replay: 3, 2 fired']);
    flow.send('check', { replay: { from: '1m' } });
    assert.match((await next(1)).join(), /^error: no history database/);
    flow.send('check', { replay: { from: 'never' } });
    assert.match((await next(1)).join(), /^error: .*expected 24h.*never/);
  });

  it('removes its state when it is deleted', async () => {
    await start();
    read(93);
    await next(3);
    await deploy([]);
    assert.deepEqual(await states(), []);
  });

  it('goes on where it stood after it was switched off with its flow, and on again', async () => {
    const tab = { id: 'tab', type: 'tab', label: '' };
    const place = { z: 'tab', x: 0, y: 0 };
    const check = { id: 'check', type: 'netmon-threshold-check', rules: [cpu], ...place };
    const nodes = [
      { ...check, wires: [['note'], ['note']] },
      { id: 'note', type: 'note-taker', ...place },
    ];
    await start();
    read(93);
    await next(3);
    await deploy([{ ...tab, disabled: true }, ...nodes]);
    assert.deepEqual(await states(), ['check.json']);
    await deploy([tab, ...nodes]);
    assert.deepEqual(await next(1), [active]);
    read(93);
    read(20);
    assert.deepEqual(await next(2), [resolved, nothing]);
  });
});
