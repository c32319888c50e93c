import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { ListedAlert } from '../../nodes/alert-manager/managed-alert.ts';
import alertManager from '../../nodes/alert-manager/runtime.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import { deploy, type Flow, load, unload } from '../support/flow.ts';

interface Sent {
  topic?: string;
  payload: never;
  group?: { reason: string };
  command?: string;
}

const node = {
  ...{ id: 'manager', type: 'netmon-alert-manager', receivers: 'mail, boss', heartbeat: 0 },
  wires: [['mail'], ['list'], ['history'], ['beat'], ['boss']],
  groupWait: 0,
};
const takers = ['mail', 'list', 'history', 'beat', 'boss'];

function alert(name: string, more: Partial<Alert> = {}): Alert {
  return {
    ...{ name, state: 'firing', severity: 'warning', metric: 'cpu_usage', labels: { device: 'a' } },
    ...{ unit: '%', value: 93, threshold: 80, summary: `${name} is high`, startsAt: 1000 },
    fingerprint: name,
    ...more,
  };
}

describe('netmon-alert-manager', () => {
  let userDir: string;
  let flow: Flow;
  /** what came out, in words: the output and what it had */
  let events: string[];
  let happened: EventEmitter;

  const words: Record<string, (message: Sent) => string> = {
    list: ({ topic, payload, command }) => {
      if (command !== undefined) return `${command} ${JSON.stringify(payload)}`;
      const all = payload as ListedAlert[];
      return `${topic} ${all.map(({ name, status }) => `${name} ${status.state}`).join(', ')}`;
    },
    history: ({ payload }) =>
      (payload as { metric: string; value: number }[])
        .map(({ metric, value }) => `${metric} ${value}`)
        .join(', '),
    beat: ({ topic, payload }) => `${topic} ${(payload as { alerts: number }).alerts}`,
  };
  const told = ({ topic, payload, group }: Sent) =>
    `${group?.reason} [${topic}] ${(payload as Alert[]).map(({ name, state }) => `${name} ${state}`).join(', ')}`;

  const note = (event: string) => {
    events.push(event);
    happened.emit('event');
  };

  /** Resolves with the first event that begins so, once it has come. */
  const event = async (begin: string) => {
    for (;;) {
      const found = events.find((one) => one.startsWith(begin));
      if (found !== undefined) return found;
      await once(happened, 'event');
    }
  };

  const nodes = (config: object) => [
    { ...node, ...config },
    ...takers.map((id) => ({ id, type: 'taker' })),
  ];

  const start = async (config: object = {}) => {
    helper.settings({ userDir });
    const register = (RED: NodeAPI) => {
      const api = Object.create(RED) as NodeAPI;
      api.nodes = Object.assign(Object.create(RED.nodes) as NodeAPI['nodes'], {
        createNode(made: Node, def: never) {
          RED.nodes.createNode(made, def);
          made.warn = (text: unknown) => note(`warning: ${String(text)}`);
          made.error = (text: unknown) => note(`error: ${String(text)}`);
        },
      });
      alertManager(api);
      RED.nodes.registerType('taker', function (this: Node, def: never) {
        RED.nodes.createNode(this, def);
        this.on('input', (message) => {
          const say = words[this.id] ?? told;
          note(`${this.id}: ${say(message as unknown as Sent)}`);
        });
      });
    };
    flow = await load(register, nodes(config));
  };

  const send = (message: object) => flow.send('manager', message);

  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-alert-manager-'));
    events = [];
    happened = new EventEmitter();
  });
  afterEach(async () => {
    await unload();
    await rm(userDir, { recursive: true });
  });

  it('tells a receiver of an alert, dashboards of all, and a history of the change', async () => {
    await start();
    await event('list: alerts ');
    send({ payload: alert('High CPU') });
    assert.equal(await event('mail: '), 'mail: first [High CPU] High CPU firing');
    assert.equal(await event('history: '), 'history: alert_state 2');
    assert.equal(await event('list: alerts H'), 'list: alerts High CPU active');
  });

  it('sends a long list in parts, the worst first', async () => {
    await start({ groupWait: 60 });
    await event('list: alerts ');
    const parts: { id: string; index: number; count: number }[] = [];
    const names: string[] = [];
    const whole = new Promise<void>((resolve) => {
      flow.node('list').on('input', (message) => {
        const { payload, parts: part } = message as unknown as {
          payload: Alert[];
          parts: (typeof parts)[number];
        };
        parts.push(part);
        names.push(...payload.map(({ name }) => name));
        if (part.index === part.count - 1) resolve();
      });
    });
    const many = Array.from({ length: 600 }, (_, i) =>
      alert(`a${i}`, { startsAt: i, severity: i === 599 ? 'critical' : 'warning' }),
    );
    send({ topic: 'alerts', payload: many, source: 'check' });
    await whole;
    assert.deepEqual(
      parts.map(({ index, count }) => `${index} of ${count}`),
      ['0 of 3', '1 of 3', '2 of 3'],
    );
    assert.equal(new Set(parts.map(({ id }) => id)).size, 1);
    assert.deepEqual(names, ['a599', ...many.slice(0, 599).map(({ name }) => name)]);
  });

  it('has further receivers behind the fixed outputs', async () => {
    await start({ routes: [{ severity: 'critical', receiver: 'boss' }] });
    send({ payload: alert('Fire', { severity: 'critical' }) });
    assert.equal(await event('boss: '), 'boss: first [Fire] Fire firing');
    assert.ok(!events.some((one) => one.startsWith('mail: ')));
  });

  it('goes on after a deploy: nothing is told twice, and an end is told', async () => {
    await start({ groupInterval: 1 });
    send({ payload: alert('High CPU') });
    await event('mail: first');
    events = [];
    await deploy(nodes({ groupInterval: 1 }));
    assert.equal(await event('list: alerts H'), 'list: alerts High CPU active');
    // The list of what fires at its sender, which started too, has nothing any more.
    send({ topic: 'alerts', payload: [alert('High CPU')], source: 'check' });
    send({ topic: 'alerts', payload: [], source: 'check' });
    assert.equal(await event('mail: '), 'mail: resolved [High CPU] High CPU resolved');
  });

  it('takes what Alertmanager posts to a webhook', async () => {
    await start();
    const labels = { alertname: 'Backup', severity: 'page', job: 'nas' };
    const at = { startsAt: '2026-11-25T08:00:00Z', endsAt: '0001-01-01T00:00:00Z' };
    send({ payload: { version: '4', alerts: [{ status: 'firing', labels, ...at }] } });
    assert.equal(await event('mail: '), 'mail: first [Backup] Backup firing');
  });

  it('answers commands on the second output', async () => {
    await start();
    send({ payload: alert('High CPU') });
    await event('mail: ');
    send({ command: 'acknowledge', payload: { matchers: 'device=a', by: 'ann' } });
    assert.equal(await event('list: acknowledge'), 'list: acknowledge {"count":1}');
    const silence = { matchers: 'device=a', duration: 60, createdBy: 'ann' };
    send({ command: 'silence', payload: silence });
    assert.match(await event('list: silence'), /"matchers":"device=a".*"createdBy":"ann"/);
    assert.equal(await event('list: alerts High CPU s'), 'list: alerts High CPU suppressed');
    send({ command: 'configure', payload: { routes: [{ severity: 'info', receiver: 'boss' }] } });
    await event('list: configure');
    send({ payload: alert('Other', { labels: { device: 'b' } }) });
    assert.equal(await event('boss: '), 'boss: first [Other] Other firing');
  });

  it('takes the name of whoever has signed in, and leaves pages to the dashboard', async () => {
    await start();
    send({ topic: 'ask', payload: { page: 'alerts' } });
    send({ payload: alert('CPU') });
    await event('mail: first');
    const _client = { user: { username: 'ana', name: 'Ana' } };
    const payload = { fingerprint: 'CPU', by: 'somebody', comment: '' };
    send({ command: 'acknowledge', payload, _client });
    send({ command: 'alerts' });
    assert.match(await event('list: alerts [{'), /"by":"Ana"/);
    assert.deepEqual(
      events.filter((one) => one.startsWith('error')),
      [],
    );
  });

  it('names what is wrong with a command', async () => {
    await start();
    await event('list: ');
    const wrong = async (command: unknown, payload: unknown) => {
      events = [];
      send({ command, payload });
      return (await event('error: ')).replace('error: ', '');
    };
    assert.match(await wrong('mute', {}), /problem\.field/);
    assert.match(await wrong('silence', { createdBy: 'ann', duration: 5 }), /problem/);
    assert.match(await wrong('configure', { receivers: 'nobody' }), /problem/);
  });

  it('leaves out a bad row, and goes on with the others', async () => {
    await start({
      routes: [{ receiver: 'nobody' }, { filter: 'device=a', receiver: 'boss' }],
    });
    await event('error: ');
    send({ payload: alert('High CPU') });
    assert.equal(await event('boss: '), 'boss: first [High CPU] High CPU firing');
  });

  it('gives signs of life', async () => {
    await start({ heartbeat: 0.05 });
    assert.equal(await event('beat: '), 'beat: heartbeat 0');
  });
});
