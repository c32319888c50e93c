import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { NodeAPI } from 'node-red';
import type { Reading } from '../../nodes/contract/reading.ts';
import { defaults as accessDefaults } from '../../nodes/device-access/config.ts';
import deviceAccess from '../../nodes/device-access/runtime.ts';
import { defaults, type PollConfig } from '../../nodes/device-poll/config.ts';
import devicePoll from '../../nodes/device-poll/runtime.ts';
import { closeAll, listen } from '../protocols/peer.ts';
import { type Flow, load, unload } from '../support/flow.ts';

const core = (file: string) =>
  createRequire(import.meta.url)(`@node-red/nodes/core/common/${file}.js`) as (
    RED: NodeAPI,
  ) => void;

type Payload = Reading[];

const counters: RequestListener = (_, response) => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end('{"interfaces":[{"name":"eth0","up":true}]}');
};

describe('netmon-device-poll', () => {
  async function start(
    config: Partial<PollConfig> & { version?: number },
    access: object = {},
  ): Promise<Flow> {
    const flow = await load(
      [core('25-catch'), core('24-complete'), deviceAccess, devicePoll],
      [
        {
          ...accessDefaults,
          protocol: 'http',
          url: 'http://{address}/',
          retries: 0,
          ...access,
          id: 'access',
          type: 'netmon-device-access',
        },
        {
          ...defaults,
          interval: 0,
          access: 'access',
          ...config,
          id: 'poll',
          type: 'netmon-device-poll',
          z: 'tab',
          wires: [['out']],
        },
        { id: 'out', type: 'helper', z: 'tab' },
        { id: 'c1', type: 'catch', z: 'tab', scope: null, wires: [['caught']] },
        { id: 'caught', type: 'helper', z: 'tab' },
        { id: 'c2', type: 'complete', z: 'tab', scope: ['poll'], wires: [['done']] },
        { id: 'done', type: 'helper', z: 'tab' },
        { id: 'tab', type: 'tab' },
      ],
      { access: { user: 'monitor', secret: 'hush' } },
    );
    return flow;
  }

  const device = (address: string, name = 'core-1') => ({ name, address, labels: {} });

  afterEach(async () => {
    await unload();
    closeAll();
  });

  it('polls by itself on its interval', async () => {
    const asked = new Promise<string>((resolve) => {
      void listen((request, response) => {
        resolve(request.url!);
        counters(request, response);
      }).then(({ address }) => start({ devices: [device(address)], interval: 60 }));
    });
    assert.equal(await asked, '/');
  });

  it('answers a message with one message a device, then is done with it', async () => {
    const { address } = await listen(counters);
    const flow = await start({ devices: [device(address)] });
    const done = flow.received('done');
    const received = flow.received('out');
    flow.send('poll', { _msgid: 'm', payload: 'now', other: { a: 1 }, parts: { id: 'outer' } });
    const message = await received;
    assert.equal(message.topic, 'core-1');
    assert.deepEqual(message.other, { a: 1 });
    assert.deepEqual(message.parts, {
      id: 'm',
      type: 'array',
      index: 0,
      count: 1,
      parts: { id: 'outer' },
    });
    assert.deepEqual(
      (message.payload as Payload).map((r) => [r.metric, r.labels.interface ?? r.labels.device]),
      [
        ['device_up', 'core-1'],
        ['poll_duration', 'core-1'],
        ['counter_gaps', 'core-1'],
        ['interface_up', 'eth0'],
      ],
    );
    await done;
  });

  it('sends a failed poll as data, tells Catch nodes of it, and goes on', async () => {
    const good = await listen(counters);
    const hung = await listen(() => {});
    const devices = [device(hung.address, 'hung'), device(good.address)];
    const flow = await start({ devices, limit: 1 }, { timeout: 0.2 });
    const done = flow.received('done');
    const caught = flow.received('caught');
    const first = flow.received('out');
    flow.send('poll', { payload: 'now' });
    const [up] = (await first).payload as Payload;
    assert.equal(up!.value, 0);
    assert.equal(up!.info!.error, 'shared.problem.timeout');
    const second = flow.received('out');
    const { topic, payload, error } = await caught;
    assert.equal(topic, 'hung');
    assert.equal((payload as Payload)[0]!.metric, 'device_up');
    assert.equal((error as { message: string }).message, 'shared.problem.device');
    assert.equal((await second).topic, 'core-1');
    await done;
  });

  it('tells log and Catch nodes when a device goes down and when it is back, not each poll', async () => {
    let up = false;
    const { address } = await listen((request, response) => {
      if (up) counters(request, response);
      else response.writeHead(403).end();
    });
    const flow = await start({ devices: [device(address)] });
    const node = flow.node('poll');
    const told: string[] = [];
    const error = node.error.bind(node) as (...all: unknown[]) => void;
    node.error = (...all: unknown[]) => {
      told.push(String(all[0]));
      error(...all);
    };
    node.log = (text: unknown) => told.push(String(text));
    let caught = 0;
    flow.node('caught').on('input', () => caught++);
    const poll = async () => {
      const received = flow.received('out');
      const done = flow.received('done');
      flow.send('poll', {});
      await done;
      return ((await received).payload as Payload)[0]!.value;
    };
    assert.deepEqual([await poll(), await poll(), await poll()], [0, 0, 0]);
    up = true;
    assert.deepEqual([await poll(), await poll()], [1, 1]);
    up = false;
    assert.equal(await poll(), 0);
    assert.deepEqual(told, [
      'shared.problem.device',
      'device-poll.log.over',
      'shared.problem.device',
    ]);
    assert.equal(caught, 2);
  });

  it('sends its credentials', async () => {
    let sent: string | undefined;
    const { address } = await listen((request, response) => {
      sent = request.headers.authorization;
      counters(request, response);
    });
    const flow = await start({ devices: [device(address)] }, { authentication: 'basic' });
    const received = flow.received('out');
    flow.send('poll', {});
    await received;
    assert.equal(sent, `Basic ${btoa('monitor:hush')}`);
  });

  describe('a list of devices in a message', () => {
    it('takes the place of its own where that is allowed, as far as it is good', async () => {
      const { address } = await listen(counters);
      const flow = await start({ fromMessages: true });
      const caught = flow.received('caught');
      const received = flow.received('out');
      flow.send('poll', { payload: `name,address\nbad address,a b\nedge-1,${address}` });
      assert.equal((await received).topic, 'edge-1');
      assert.equal(((await caught).error as { message: string }).message, 'shared.problem.row');
    });

    it('may hold 2,000 devices as a file does: each is polled, one that hangs too', async () => {
      const { address } = await listen(counters);
      const hung = await listen(() => {});
      const rows = Array.from({ length: 2000 }, (_, i) => {
        return `switch-${i},${i === 7 ? hung.address : address},berlin`;
      });
      const flow = await start({ fromMessages: true });
      const topics: unknown[] = [];
      flow.node('out').on('input', ({ topic }) => topics.push(topic));
      const done = flow.received('done');
      flow.send('poll', { payload: ['name,address,site', ...rows].join('\r\n') });
      await done;
      assert.equal(topics.length, 2000);
      assert.equal(new Set(topics).size, 2000);
    }).timeout(60_000);

    it('is told its bad rows in one error', async () => {
      const { address } = await listen(counters);
      const flow = await start({ fromMessages: true });
      const caught = flow.received('caught');
      flow.send('poll', { payload: `name,address\na,a b\nb,b c\nedge-1,${address}` });
      assert.equal(((await caught).error as { message: string }).message, 'shared.problem.rows');
    });

    it('is only a message like any other where it is not', async () => {
      let asked = 0;
      const other = await listen(() => asked++);
      const { address } = await listen(counters);
      const flow = await start({ devices: [device(address)] });
      const received = flow.received('out');
      flow.send('poll', { payload: [device(other.address, 'other')] });
      assert.equal((await received).topic, 'core-1');
      assert.equal(asked, 0);
    });
  });

  it('leaves nothing behind where it is closed in the middle of a poll', async () => {
    const asked = Promise.withResolvers<unknown>();
    let ended: Promise<unknown> | undefined;
    const { address } = await listen((_, response) => {
      ended = once(response, 'close');
      asked.resolve(undefined);
    });
    const flow = await start({ devices: [device(address)] }, { timeout: 60, retries: 5 });
    flow.node('out').on('input', () => assert.fail('sent after its end'));
    flow.node('poll').error = () => assert.fail('an error after its end');
    flow.send('poll', {});
    await asked.promise;
    await unload();
    await ended;
  });

  for (const [name, config, access, key] of [
    ['a bad interval', { interval: 0.5 }, {}, 'shared.problem.field'],
    ['a bad expression', { mappingType: 'jsonata', mapping: '{' }, {}, 'shared.problem.field'],
    [
      'a bad expression in its access',
      {},
      { mappingType: 'jsonata', mapping: '{' },
      'shared.problem.badAccess',
    ],
    ['no access', { access: '' }, {}, 'shared.problem.noAccess'],
    ['a bad access', {}, { url: 'core-1' }, 'shared.problem.badAccess'],
    [
      'a bad condition',
      {},
      { protocol: 'http-check', jsonCondition: 'a <' },
      'shared.problem.badAccess',
    ],
    ['an access of a later Netmon', {}, { version: 99 }, 'shared.problem.badAccess'],
    ['settings of a later Netmon', { version: 99 }, {}, 'shared.problem.laterVersion'],
    ['no devices', {}, {}, 'shared.problem.noDevices'],
  ] as const) {
    it(`says so to each message where it has ${name}`, async () => {
      const flow = await start(config, access);
      const caught = flow.received('caught');
      flow.send('poll', {});
      assert.equal(((await caught).error as { message: string }).message, key);
    });
  }

  it('has a web page judged by a condition of 0.1.0 as before', async () => {
    const { address } = await listen((_, response) => response.end('{"in-sync":"yes"}'));
    const flow = await start(
      { devices: [device(address)] },
      { version: undefined, protocol: 'http-check', jsonCondition: 'in-sync = yes' },
    );
    const received = flow.received('out');
    flow.send('poll', {});
    const [up] = (await received).payload as Payload;
    const info = { address, check: 'HTTP' };
    assert.deepEqual([up!.metric, up!.value, up!.info], ['device_up', 1, info]);
  });

  it('outlives an expression that never ends, and an answer of too many rows; the next poll is good', async () => {
    const bodies = [
      JSON.stringify({ text: `${'a'.repeat(40)}!` }),
      `[${'0,'.repeat(100_000)}0]`,
      JSON.stringify({
        ports: Array.from({ length: 5000 }, (_, i) => ({ id: `p${i}`, up: true })),
      }),
    ];
    const { address } = await listen((_, response) => response.end(bodies.shift()));
    const flow = await start({
      devices: [device(address)],
      mappingType: 'jsonata',
      mapping:
        '{ "interfaces": text ? $match(text, /^(a+)+$/) : ports ? ports.{ "name": id, "up": up } : $ }',
    });
    const told: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      const received = flow.received('out');
      flow.send('poll', {});
      const readings = (await received).payload as Payload;
      told.push([readings[0]!.value, readings[0]!.info?.error, readings.length]);
    }
    assert.deepEqual(told, [
      [0, 'shared.problem.jsonataTime', 2],
      [0, 'shared.problem.longList', 2],
      [1, undefined, 5003],
    ]);
  }).timeout(20_000);

  describe('has answers mapped', () => {
    const mapped = async (config: Partial<PollConfig>, access: object) => {
      const { address } = await listen((_, response) => response.end('{"id":"p1","other":"p2"}'));
      const flow = await start({ devices: [device(address)], ...config }, access);
      flow.node('poll').context().flow.set('alias', 'from the tab');
      const received = flow.received('out');
      flow.send('poll', {});
      const { labels, info } = ((await received).payload as Payload).at(-1)!;
      return [labels.interface, info?.alias];
    };
    const own = '[{ "name": other, "up": true }]';

    it('as its access says, with the context of its own flow', async () => {
      const mapping = '[{ "name": id, "alias": $flowContext("alias"), "up": true }]';
      const access = { mappingType: 'jsonata', mapping };
      assert.deepEqual(await mapped({}, access), ['p1', 'from the tab']);
    });

    it('as it says itself, where it is of a flow in which device polls did', async () => {
      const access = { mappingType: 'vendor', mapping: 'mikrotik' };
      const config = { mappingType: 'jsonata', mapping: own } as const;
      assert.deepEqual(await mapped(config, access), ['p2', undefined]);
    });

    it('not at all where another protocol says what its values mean', async () => {
      const config = { mappingType: 'jsonata', mapping: '{' } as const;
      const flow = await start(
        { devices: [device('127.0.0.1:1')], ...config },
        { protocol: 'tcp' },
      );
      const received = flow.received('out');
      flow.send('poll', {});
      const [up] = (await received).payload as Payload;
      assert.equal(up!.info!.error, 'shared.problem.connectionRefused');
    });
  });

  it('maps answers with a JSONata expression', async () => {
    const { address } = await listen((_, response) =>
      response.end('{"ports":{"id":"p1","ok":true}}'),
    );
    const flow = await start({
      devices: [device(address)],
      mappingType: 'jsonata',
      mapping: '{ "interfaces": ports.{ "name": id, "up": ok } }',
    });
    const received = flow.received('out');
    flow.send('poll', {});
    const { metric, labels, value } = ((await received).payload as Payload).at(-1)!;
    assert.deepEqual([metric, labels.interface, value], ['interface_up', 'p1', 1]);
  });
});
