import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import { defaults, type WatchConfig } from '../../nodes/config-watch/config.ts';
import type { FetchAnswer } from '../../nodes/config-watch/fetch-now.ts';
import type { Result } from '../../nodes/config-watch/result.ts';
import configWatch from '../../nodes/config-watch/runtime.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import type { DatabaseNode } from '../../nodes/history-database/runtime-status.ts';
import type {
  ConfigurationAccess,
  ConfigurationAccessNode,
  Fetched,
} from '../../nodes/shared/configurations/access.ts';
import { dialects } from '../../nodes/shared/configurations/dialects/index.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import { catalogue } from '../support/catalogue.ts';
import { deploy, type Flow, load, unload } from '../support/flow.ts';

const ios = dialects.find(({ id }) => id === 'ios')!;
const secret = 'Tr0ub4dor-and-3';

/** A configuration as a device shows it. */
const shown = (...lines: string[]) =>
  [
    ...['Building configuration...', '', 'Current configuration : 1234 bytes', '!'],
    ...['version 15.2', 'hostname core-1', `enable secret 5 ${secret}`, ...lines, 'end', ''],
  ].join('\n');

const core = (file: string) =>
  createRequire(import.meta.url)(`@node-red/nodes/core/common/${file}.js`) as (
    RED: NodeAPI,
  ) => void;

describe('netmon-config-watch', function () {
  this.timeout(20_000);
  let userDir: string;
  let flow: Flow;
  let admin: Server;
  /** what devices answer, by their names */
  let answers: Map<string, () => Promise<Fetched>>;
  let asked: { name: string; known: string | undefined }[];
  /** all that the outputs sent, and Catch nodes */
  let results: Result[];
  let alerts: Alert[];
  let caught: string[];
  let everything: unknown[];

  const access: ConfigurationAccess = {
    dialect: ios,
    fetch: async ({ name }, { knownHostKey, signal }) => {
      asked.push({ name, known: knownHostKey });
      const answer = await (answers.get(name)?.() ?? Promise.resolve({ running: shown() }));
      signal.throwIfAborted();
      return answer;
    },
  };

  function register(RED: NodeAPI): void {
    admin = RED.httpAdmin.listen(0, '127.0.0.1');
    const _ = catalogue('en-US', 'config-watch', 'history-database');
    const needsPermission = () => (_: unknown, __: unknown, next: () => void) => next();
    const red = Object.assign(Object.create(RED) as NodeAPI, { _, auth: { needsPermission } });
    RED.nodes.registerType('netmon-config-access', function (this: Node, config) {
      RED.nodes.createNode(this, config);
      (this as Node & ConfigurationAccessNode).configurationAccess = access;
    });
    historyDatabase(red);
    configWatch(red);
  }

  const device = (name: string, address = name) => ({ name, address, labels: {} });
  const nodesOf = (config: Partial<WatchConfig>) => [
    { id: 'tab', type: 'tab' },
    { id: 'access', type: 'netmon-config-access' },
    { id: 'db', type: 'netmon-history-database' },
    {
      ...{ ...defaults, schedule: 'none', settle: 0, retries: 0, access: 'access' },
      ...{ database: 'db', devices: [device('core-1', '192.0.2.1')], ...config },
      ...{ id: 'watch', type: 'netmon-config-watch', z: 'tab', wires: [['out'], ['alerts']] },
    },
    { id: 'out', type: 'helper', z: 'tab' },
    { id: 'alerts', type: 'helper', z: 'tab' },
    { id: 'c1', type: 'catch', z: 'tab', scope: null, wires: [['caught']] },
    { id: 'caught', type: 'helper', z: 'tab' },
  ];

  async function start(config: Partial<WatchConfig> = {}): Promise<void> {
    helper.settings({ userDir, credentialSecret: 'a secret of Node-RED' });
    flow = await load([core('25-catch'), register], nodesOf(config));
    hear();
  }

  function hear() {
    const on = (id: string, take: (message: Record<string, unknown>) => void) =>
      flow.node(id).on('input', (message) => {
        everything.push(message);
        take(message);
      });
    on('out', ({ payload }) => results.push(payload as Result));
    on('alerts', ({ payload }) => alerts.push(payload as Alert));
    on('caught', ({ error }) => caught.push((error as { message: string }).message));
  }

  async function stop(): Promise<void> {
    await unload();
    admin.close();
  }

  /** Has a message handled; resolves to what `done` was told, once all that was sent has arrived. */
  const sent = async (message: object) => {
    const error = await new Promise<unknown>((resolve) => {
      const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
        'watch',
      );
      node._complete = (_, error) => resolve(error);
      flow.send('watch', message);
    });
    await wait(0);
    return error;
  };
  const next = (id: string) => once(flow.node(id), 'input');

  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'netmon-config-watch-'));
    answers = new Map();
    [asked, results, alerts, caught, everything] = [[], [], [], [], []];
  });

  afterEach(async () => {
    await stop();
    rmSync(userDir, { recursive: true });
  });

  it('tells of a new configuration, of the same one, and of what changed', async () => {
    await start();
    assert.equal(await sent({ payload: 1 }), undefined);
    const [first] = results;
    assert.deepEqual(
      [first!.device, first!.isNew, first!.changed, first!.diff, first!.reason],
      ['core-1', true, false, '', 'message'],
    );
    await sent({});
    assert.deepEqual(
      [results[1]!.isNew, results[1]!.changed, results[1]!.version],
      [false, false, 1],
    );

    answers.set('core-1', () => Promise.resolve({ running: shown('ip http server') }));
    await sent({});
    const changed = results[2]!;
    assert.deepEqual([changed.changed, changed.added, changed.removed], [true, 1, 0]);
    assert.match(changed.diff, /^\+ip http server$/m);
    assert.equal(changed.hash!.length, 64);
    assert.deepEqual(
      alerts.map(({ name, state, severity, event }) => [name, state, severity, event]),
      [['configuration_changed', 'firing', 'info', true]],
    );
    assert.equal(
      alerts[0]!.summary,
      'the configuration of core-1 changed: 1 lines added, 0 removed',
    );
    assert.match(alerts[0]!.diff!, /^\+ip http server$/m);
  });

  it('answers a message with one for each device, and keeps what else it has', async () => {
    await start({ devices: [device('core-1', '192.0.2.1'), device('core-2', '192.0.2.2')] });
    await sent({ payload: 1, own: 'kept', _msgid: 'm1' });
    const messages = everything as Record<string, unknown>[];
    assert.deepEqual(
      messages.map(({ topic, own, parts }) => ({ topic, own, parts })),
      ['core-1', 'core-2'].map((topic, index) => ({
        ...{ topic, own: 'kept' },
        parts: { id: 'm1', type: 'array', index, count: 2 },
      })),
    );
    asked = [];
    await sent({ device: 'core-2' });
    assert.deepEqual(
      asked.map(({ name }) => name),
      ['core-2'],
    );
    assert.equal(await sent({ device: ['core-1', 'x'] }), 'not among the devices: x');
    assert.equal(results.length, 4);
  });

  it('lets no secret out, wherever it is', async () => {
    await start({ keepSecrets: true });
    await sent({});
    const other = shown().replace(secret, 'an0ther-Secret');
    answers.set('core-1', () => Promise.resolve({ running: other, saved: shown() }));
    await sent({});
    assert.equal(results[1]!.changed, true);
    assert.deepEqual([results[1]!.added, results[1]!.removed], [1, 1]);
    assert.equal(results[1]!.savedDiffers, true);
    const versions = await flow.node<DatabaseNode>('db').versions();
    const kept = await Promise.all([1, 2].map((id) => versions.text(id)));
    await stop();
    const said = JSON.stringify([everything, kept, helper.log().args]);
    const files = ['netmon/watch.json', 'netmon/history/configurations.sqlite'].map((file) =>
      readFileSync(join(userDir, file), 'latin1'),
    );
    for (const text of [said, ...files]) {
      assert.equal(text.includes(secret), false);
      assert.equal(text.includes('an0ther-Secret'), false);
    }
    await start();
  });

  it('never keeps half of one, or an error text', async () => {
    await start();
    await sent({});
    for (const running of ['% Invalid input detected', shown().slice(0, -5), '']) {
      answers.set('core-1', () => Promise.resolve({ running }));
      await sent({});
    }
    assert.deepEqual(
      results.map(({ error }) => error !== undefined),
      [false, true, true, true],
    );
    assert.match(results[1]!.error!, /^core-1 \(192\.0\.2\.1\): /);
    const versions = await flow.node<DatabaseNode>('db').versions();
    assert.equal((await versions.list('core-1')).length, 1);
    const [known] = await versions.devices();
    assert.equal(known!.failed?.reason, results[3]!.error);
    assert.deepEqual(
      alerts.map(({ name, state }) => [name, state]),
      [['configuration_not_fetched', 'firing']],
    );
    // The others are no change.
    assert.equal(caught.length, 1);
    answers.clear();
    await sent({});
    assert.deepEqual(alerts[1]!.state, 'resolved');
  });

  it('has a new host key trusted by a command', async () => {
    const one = () => Promise.resolve({ running: shown(), hostKey: 'SHA256:one' });
    answers.set('core-1', one);
    await start();
    await sent({});
    answers.set('core-1', () =>
      Promise.reject(
        new Problem(
          'deviceAt',
          { address: '192.0.2.1' },
          {
            cause: Object.assign(new Problem('noDevices'), {
              key: 'hostKeyChanged',
              params: { hostKey: 'SHA256:two', known: 'SHA256:one' },
            }),
          },
        ),
      ),
    );
    await sent({});
    assert.deepEqual(
      alerts.map(({ name, severity }) => [name, severity]),
      [['host_key_changed', 'critical']],
    );
    answers.set('core-1', one);
    await sent({ command: 'trust', device: 'core-1' });
    assert.deepEqual(
      asked.map(({ known }) => known),
      [undefined, 'SHA256:one', undefined],
    );
    assert.equal(alerts.at(-1)!.state, 'resolved');
  });

  it('tells of rules that are broken', async () => {
    const rules = [
      { name: 'no telnet', kind: 'mustNotHave', pattern: 'transport input.*telnet' } as const,
    ];
    answers.set('core-1', () => Promise.resolve({ running: shown(' transport input telnet') }));
    await start({ rules });
    await sent({});
    assert.deepEqual(
      results[0]!.findings.map(({ rule }) => rule),
      ['no telnet'],
    );
    const line = shown(' transport input telnet').split('\n').length;
    assert.ok(line > 0);
    assert.match(alerts[0]!.summary, /^core-1 breaks the rule no telnet: 1 lines fit transport/);
    assert.deepEqual(alerts[0]!.labels, { device: 'core-1', rule: 'no telnet' });
  });

  it('warns of a change outside the windows in which changes are expected', async () => {
    const day = new Date(Date.now() + 48 * 3_600_000).toUTCString().slice(0, 3).toLowerCase();
    await start({ maintenance: [{ name: 'nights', days: day, from: '00:00', to: '01:00' }] });
    await sent({});
    answers.set('core-1', () => Promise.resolve({ running: shown('ip http server') }));
    await sent({});
    assert.equal(alerts[0]!.severity, 'warning');
  });

  it('looks soon after a restart, an alert and a line that names a device', async () => {
    await start();
    const reading = (value: number) => ({
      ...{ metric: 'uptime', value, unit: 's', time: Date.now(), labels: { device: 'core-1' } },
    });
    await sent({ payload: [reading(5000)] });
    assert.equal(asked.length, 0);
    const seen: string[] = [];
    for (const payload of [
      [reading(20)],
      { ...alertOf('cpu_usage'), labels: { device: 'core-1' } },
      '<189>: 192.0.2.1: %SYS-5-CONFIG_I: Configured from console by ada',
    ]) {
      const received = next('out');
      await sent({ payload });
      await received;
      seen.push(results.at(-1)!.reason);
    }
    assert.deepEqual(seen, ['restart', 'change', 'change']);
    // Its own alerts are of what it knows.
    await sent({ payload: { ...alertOf('configuration_changed'), labels: { device: 'core-1' } } });
    assert.equal(asked.length, 3);
  });

  const alertOf = (metric: string) => ({
    ...{ name: 'x', state: 'firing', severity: 'warning', metric, unit: '%', value: 1 },
    ...{ threshold: 1, summary: '', startsAt: 5, fingerprint: 'f' },
  });

  it('learns devices from readings, and knows them after a restart', async () => {
    await start({ devices: [] });
    const up = {
      ...{ metric: 'device_up', value: 1, unit: '1', time: Date.now() },
      ...{ labels: { device: 'edge-1', site: 'b' }, info: { address: '192.0.2.7:161' } },
    };
    await sent({ payload: [up] });
    await sent({});
    assert.deepEqual([results[0]!.device, results[0]!.address], ['edge-1', '192.0.2.7']);
    assert.deepEqual(results[0]!.labels, { site: 'b' });
    await stop();
    await start({ devices: [] });
    await sent({});
    assert.deepEqual([results[1]!.device, results[1]!.isNew], ['edge-1', false]);
  });

  it('takes a list of devices from a message only where that is ticked', async () => {
    await start({ fromMessages: true });
    await sent({ payload: ['192.0.2.8', { name: 'x', address: '192.0.2.9' }] });
    assert.deepEqual(
      results.map((one) => one.device),
      ['192.0.2.8', 'x'],
    );
  });

  it('goes on after a deploy, with its alerts and host keys', async () => {
    answers.set('core-1', () => Promise.resolve({ running: shown(), hostKey: 'SHA256:one' }));
    await start();
    await sent({});
    answers.set('core-1', () => Promise.reject(new Problem('noDevices')));
    await sent({});
    assert.equal(alerts.length, 1);
    answers.set('core-1', () => Promise.resolve({ running: shown(), hostKey: 'SHA256:one' }));
    await deploy(nodesOf({ settle: 1 }));
    hear();
    await sent({});
    assert.deepEqual(
      asked.map(({ known }) => known),
      [undefined, 'SHA256:one', 'SHA256:one'],
    );
    assert.deepEqual(
      alerts.map(({ state }) => state),
      ['firing', 'resolved'],
    );
  });

  it('forgets its state once it is deleted', async () => {
    await start();
    await sent({});
    const others = nodesOf({}).filter(({ id }) => id !== 'watch');
    await deploy(others);
    assert.equal(existsSync(join(userDir, 'netmon', 'watch.json')), false);
    await deploy(nodesOf({}));
  });

  it('fetches two thousand devices, and tells of each once', async () => {
    const devices = Array.from({ length: 2000 }, (_, i) => device(`switch-${i}`));
    await start({ devices, limit: 50 });
    await sent({});
    assert.equal(new Set(results.map((one) => one.device)).size, 2000);
    assert.equal(results.length, 2000);
    assert.equal(
      results.every(({ isNew }) => isNew),
      true,
    );
  });

  describe('in its dialog', () => {
    const post = async (path: string, body: object): Promise<unknown> => {
      const { port } = admin.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/netmon/config-watch/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.json();
    };
    const fetchNow = (body: object) =>
      post('fetch', body) as Promise<FetchAnswer & { error?: string }>;

    it('offers all devices that are watched, and fetches one that was learned', async () => {
      await start();
      const up = {
        ...{ metric: 'device_up', value: 1, unit: '1', time: Date.now() },
        ...{ labels: { device: 'core-10' }, info: { address: '192.0.2.10' } },
      };
      await sent({ payload: [up, { ...up, labels: { device: 'core-2' } }] });
      assert.deepEqual(await post('devices', { id: 'watch' }), ['core-1', 'core-2', 'core-10']);
      assert.ok('error' in ((await post('devices', { id: 'x' })) as object));
      const answer = await fetchNow({ id: 'watch', device: 'core-10' });
      assert.equal(answer.device, 'core-10');
    });

    it('fetches one device now', async () => {
      await start();
      const first = await fetchNow({ id: 'watch', device: 'core-1' });
      assert.deepEqual([first.device, first.outcome, first.diff], ['core-1', 'new', '']);
      answers.set('core-1', () => Promise.resolve({ running: shown('ip http server') }));
      const changed = await fetchNow({ id: 'watch', device: 'core-1' });
      assert.deepEqual([changed.outcome, changed.added], ['changed', 1]);
      assert.match(changed.diff, /^\+ip http server$/m);
    });

    it('says why it cannot', async () => {
      await start();
      assert.equal((await fetchNow({ id: 'x', device: 'a' })).error, 'deploy this node first');
      assert.equal(
        (await fetchNow({ id: 'watch', device: 'a' })).error,
        'not among the devices: a',
      );
      answers.set('core-1', () => Promise.reject(new Problem('noDevices')));
      assert.equal(
        (await fetchNow({ id: 'watch', device: 'core-1' })).error,
        'no devices are listed',
      );
    });
  });

  for (const [what, config, text] of [
    ['no access', { access: 'x' }, 'the configuration access is missing or disabled'],
    ['no database', { database: 'x' }, 'no history database is chosen, or it is disabled'],
    [
      'a bad time of day',
      { timeOfDay: '25:00' },
      'At: expected a time of day such as 22:00, but got "25:00"',
    ],
  ] as const) {
    it(`says so where there is ${what}`, async () => {
      await start(config);
      assert.equal(await sent({}), text);
    });
  }
});
