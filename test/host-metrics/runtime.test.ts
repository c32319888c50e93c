import assert from 'node:assert/strict';
import { type EventEmitter, once } from 'node:events';
import os from 'node:os';
import { mock } from 'node:test';
import type { NodeAPI } from 'node-red';
import type { Reading } from '../../nodes/contract/reading.ts';
import hostMetrics from '../../nodes/host-metrics/runtime.ts';
import { tellPoll } from '../../nodes/shared/red/poll-events.ts';
import { type Flow, load, unload } from '../support/flow.ts';

let bus: EventEmitter;
const take = (RED: NodeAPI) => (bus = RED.events);

const flow = (settings: object): Promise<Flow> =>
  load(
    [take, hostMetrics],
    [
      { id: 'host', type: 'netmon-host-metrics', wires: [['out']], ...settings },
      { id: 'out', type: 'helper' },
    ],
  );

describe('host-metrics node', () => {
  afterEach(unload);

  it('sends plausible readings of this machine by itself', async () => {
    const f = await flow({ interval: 60, interfaceFilter: '' });
    const { topic, payload } = await f.received('out');
    assert.equal(topic, os.hostname());
    const readings = payload as Reading[];
    const metrics = new Set(readings.map((r) => r.metric));
    for (const metric of ['cpu_usage', 'cpu_core_usage', 'memory_usage', 'uptime', 'in_rate']) {
      assert.ok(metrics.has(metric), metric);
    }
    for (const { metric, value, unit, time, labels } of readings) {
      assert.ok(Number.isFinite(value) && value >= 0, `${metric} is ${value}`);
      if (unit === '%') assert.ok(value <= 100, `${metric} is ${value}`);
      assert.ok(Math.abs(Date.now() - time) < 60_000);
      assert.equal(labels.device, os.hostname());
    }
    assert.equal(readings.filter((r) => r.metric === 'cpu_core_usage').length, os.cpus().length);
  });

  it('answers a message, which keeps what else it has', async () => {
    const f = await flow({ interval: 0, device: 'pi', output: 'system' });
    const answered = f.received('out');
    const [req, res] = [{ method: 'GET' }, { end() {} }];
    f.send('host', { _msgid: 'm1', topic: 'ask', payload: 1, req, res });
    const message = await answered;
    assert.equal(message._msgid, 'm1');
    assert.equal(message.topic, 'pi');
    assert.equal(message.req, req);
    assert.equal(message.res, res);
    const document = message.payload as { device: string; readings: { metric: string }[] };
    assert.equal(document.device, 'pi');
    assert.ok(document.readings.some(({ metric }) => metric === 'memory_usage'));
  });

  it('gives each message a payload of its own', async () => {
    const f = await flow({ interval: 0, output: 'interfaces', interfaceFilter: 'lo' });
    const payloads: unknown[] = [];
    const both = new Promise<void>((resolve) => {
      f.node('out').on('input', (message) => {
        payloads.push(message.payload);
        if (payloads.length === 2) resolve();
      });
    });
    f.send('host', {});
    f.send('host', {});
    await both;
    assert.deepEqual(payloads[0], payloads[1]);
    assert.notEqual(payloads[0], payloads[1]);
  });

  it('shows what it saw', async () => {
    const f = await flow({ interval: 0 });
    const shown = once(f.node('host'), 'call:status');
    f.send('host', {});
    await f.received('out');
    const [call] = (await shown) as [{ args: [{ fill: string; text: string }] }];
    assert.equal(call.args[0].fill, 'green');
    // The test helper gives keys for texts.
    assert.match(call.args[0].text, /^host-metrics\.status\.\w+.* · \d\d:\d\d:\d\d$/);
  });

  it('names a bad setting to each message', async () => {
    const f = await flow({ interval: 'soon' });
    // Without a message it was told at the start.
    const told = new Promise<unknown>((resolve) => {
      const host: EventEmitter = f.node('host');
      host.on('call:error', (call: { args: unknown[] }) => {
        if (call.args.length > 1) resolve(call.args[0]);
      });
    });
    f.send('host', {});
    assert.equal(await told, 'shared.problem.field');
  });

  it('hears of polls only where Netmon itself is ticked, and until it closes', async () => {
    const heard = () => bus.listenerCount('netmon:poll');
    await flow({ interval: 0 });
    assert.equal(heard(), 0);
    await unload();
    const f = await flow({ interval: 0, output: 'system', netmon: true });
    assert.equal(heard(), 1);
    tellPoll(bus, 'failed');
    const answered = f.received('out');
    f.send('host', {});
    const { readings } = (await answered).payload as { readings: Reading[] };
    const failed = readings.find(({ metric }) => metric === 'netmon_failed_polls');
    assert.equal(failed?.value, 1);
    await unload();
    assert.equal(heard(), 0);
  });

  it('leaves nothing running when it closes while it collects', async () => {
    const [set, clear] = [
      mock.method(globalThis, 'setTimeout'),
      mock.method(globalThis, 'clearTimeout'),
    ];
    await flow({ interval: 1 });
    await unload();
    mock.restoreAll();
    const timers = set.mock.calls.filter((call) => call.arguments[1] === 1000);
    const cleared = clear.mock.calls.map((call) => call.arguments[0]);
    assert.equal(timers.length, 1);
    assert.ok(cleared.includes(timers[0]?.result));
    assert.equal(process.getActiveResourcesInfo().includes('FSReqPromise'), false);
  });
});
