import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { InterfaceState } from '../../nodes/contract/snapshot.ts';
import type { Outcome } from '../../nodes/device-poll/poll.ts';
import { Poller } from '../../nodes/device-poll/poller.ts';
import { readDevices } from '../../nodes/shared/devices/devices.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import type { PollEvent } from '../../nodes/shared/red/poll-events.ts';
import { FakeClock } from '../support/fake-clock.ts';

const device = (name: string, address = `${name}.test`) => ({ name, address });

/** A poller of devices that answer when the test says so. */
function setUp(interval: number, limit = 20) {
  const clock = new FakeClock({ date: 1_000_000 });
  const abort = new AbortController();
  const asked = new Map<
    string,
    { answer: (interfaces: InterfaceState[]) => void; fail: (e: Error) => void }
  >();
  const delivered: Outcome[] = [];
  const told: PollEvent[] = [];
  const poller = new Poller({
    interval,
    limit,
    clock,
    signal: abort.signal,
    fail: (error) => assert.fail(error as Error),
    deliver: (outcome) => delivered.push(outcome),
    tell: (event) => told.push(event),
    access: {
      poll: (address, signal) =>
        new Promise((resolve, reject) => {
          asked.set(address, {
            answer: (interfaces) =>
              resolve({ snapshot: { time: clock.date(), interfaces }, problems: [] }),
            fail: reject,
          });
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    },
  });
  return {
    clock,
    abort,
    poller,
    delivered,
    told,
    asked: () => [...asked.keys()],
    answer: async (name: string, octets = 0) => {
      asked.get(`${name}.test`)!.answer([{ name: 'eth0', inOctets: octets }]);
      asked.delete(`${name}.test`);
      await setImmediate();
    },
    fail: async (name: string) => {
      asked.get(`${name}.test`)!.fail(new Problem('connectionRefused'));
      asked.delete(`${name}.test`);
      await setImmediate();
    },
  };
}

describe('Poller', () => {
  it('delivers what each device measured, with rates from the second poll on', async () => {
    const { poller, clock, answer, delivered } = setUp(60_000);
    poller.replace(readDevices([{ ...device('a'), labels: { site: 'berlin' } }]));
    await answer('a', 1000);
    clock.advance(60_000);
    await answer('a', 61_000);
    const labels = { site: 'berlin', device: 'a' };
    const duration = delivered[1]!.duration;
    assert.deepEqual(delivered[1]!.readings, [
      {
        ...{ metric: 'device_up', value: 1, unit: '1', time: 1_060_000, labels },
        info: { address: 'a.test' },
      },
      { metric: 'poll_duration', value: duration, unit: 'ms', time: 1_060_000, labels },
      { metric: 'counter_gaps', value: 0, unit: '1', time: 1_060_000, labels },
      {
        metric: 'in_rate',
        value: 8000,
        unit: 'bit/s',
        time: 1_060_000,
        labels: { ...labels, interface: 'eth0' },
      },
    ]);
    assert.deepEqual(
      delivered[0]!.readings.map((r) => r.metric),
      ['device_up', 'poll_duration', 'counter_gaps'],
    );
  });

  it('delivers a failed poll as data, with its reason', async () => {
    const { poller, fail, delivered } = setUp(60_000);
    poller.replace(readDevices([device('a')]));
    await fail('a');
    const [{ readings, problem, up }] = delivered as [Outcome];
    assert.equal(up, false);
    assert.equal(problem?.message, 'a (a.test): connection refused');
    assert.deepEqual(readings[0], {
      metric: 'device_up',
      value: 0,
      unit: '1',
      time: 1_000_000,
      labels: { device: 'a' },
      info: { address: 'a.test', error: 'connection refused' },
    });
    assert.deepEqual(
      readings.map((r) => r.metric),
      ['device_up', 'poll_duration'],
    );
  });

  it('is not held up by a device that hangs, and counts it as late', async () => {
    const { poller, clock, answer, delivered } = setUp(60_000);
    poller.replace(readDevices([device('dead'), device('b')]));
    clock.advance(30_000);
    await answer('b');
    clock.advance(60_000);
    await answer('b');
    assert.deepEqual(
      delivered.map((o) => o.device.name),
      ['b', 'b'],
    );
    assert.equal(poller.summary.count().late, 1);
    await answer('dead');
    clock.advance(60_000);
    assert.equal(poller.summary.count().late, 0);
  });

  it('tells of each poll, and of each overrun', async () => {
    const { poller, clock, answer, fail, told } = setUp(60_000);
    poller.replace(readDevices([device('a')]));
    await answer('a');
    clock.advance(60_000);
    await fail('a');
    clock.advance(120_000);
    assert.deepEqual(told, ['ok', 'failed', 'late']);
  });

  it('holds its limit, and goes on to the next', async () => {
    const { poller, asked, answer } = setUp(0, 1);
    poller.replace(readDevices([device('a'), device('b')]));
    const all = poller.pollAll(() => {});
    assert.deepEqual(asked(), ['a.test']);
    await answer('a');
    assert.deepEqual(asked(), ['b.test']);
    await answer('b');
    await all;
  });

  it('numbers what was asked for together, without those under way', async () => {
    const { poller, answer } = setUp(60_000);
    poller.replace(readDevices([device('a'), device('b'), device('c')]));
    const seen: unknown[] = [];
    const all = poller.pollAll((o, index, count) => seen.push([o.device.name, index, count]));
    await answer('c');
    await answer('b');
    await all;
    assert.deepEqual(seen, [
      ['c', 1, 2],
      ['b', 0, 2],
    ]);
  });

  it('keeps the counts of a device that stays in the list', async () => {
    const { poller, clock, answer, delivered } = setUp(60_000);
    poller.replace(readDevices([device('a')]));
    await answer('a', 1000);
    clock.advance(10_000);
    poller.replace(readDevices([device('a'), device('b')]));
    await answer('a', 2000);
    assert.equal(delivered[1]!.readings[3]!.metric, 'in_rate');
  });

  it('takes a device with another address or another label for a new one', async () => {
    const { poller, asked, answer, delivered } = setUp(60_000);
    const labels = { site: 'berlin' };
    poller.replace(readDevices([{ ...device('a'), labels }]));
    await answer('a', 1000);
    poller.replace(readDevices([{ ...device('a'), labels: { ...labels, rack: '1' } }]));
    await answer('a', 2000);
    assert.deepEqual(delivered[1]!.readings[0]!.labels, { ...labels, rack: '1', device: 'a' });
    assert.equal(delivered[1]!.readings.length, 3);
    poller.replace(readDevices([{ ...device('a', 'b.test'), labels: { ...labels, rack: '1' } }]));
    assert.deepEqual(asked(), ['b.test']);
  });

  it('takes no list after its end', () => {
    const { poller, abort, clock, asked } = setUp(60_000);
    abort.abort();
    poller.replace(readDevices([device('a')]));
    clock.advance(600_000);
    assert.equal(poller.size, 0);
    assert.deepEqual(asked(), []);
  });

  it('keeps its list where another has no good row', () => {
    const { poller } = setUp(60_000);
    poller.replace(readDevices([device('a')]));
    poller.replace(readDevices([{ name: 'b' }]));
    assert.equal(poller.size, 1);
    poller.replace(readDevices([]));
    assert.equal(poller.size, 0);
  });

  it('goes on where a delivery fails, and tells of it', async () => {
    const { poller, answer } = setUp(0, 1);
    poller.replace(readDevices([device('a'), device('b')]));
    const all = poller.pollAll(({ device: { name } }) => {
      if (name === 'a') throw new Error('not delivered');
    });
    await Promise.all([
      assert.rejects(all, /^Error: not delivered$/),
      answer('a').then(() => answer('b')),
    ]);
    assert.equal(poller.summary.count().up, 2);
  });

  it('does not deliver an answer that comes at its end', async () => {
    const { poller, abort, answer, delivered } = setUp(60_000);
    poller.replace(readDevices([device('a')]));
    const answered = answer('a');
    abort.abort();
    await answered;
    assert.deepEqual(delivered, []);
  });

  it('delivers nothing after its end, and leaves nothing behind', async () => {
    const { poller, clock, abort, delivered, asked } = setUp(60_000, 1);
    poller.replace(readDevices([device('a'), device('b')]));
    const all = poller.pollAll(() => assert.fail());
    abort.abort();
    await all;
    clock.advance(600_000);
    await setImmediate();
    assert.deepEqual(delivered, []);
    assert.deepEqual(asked(), ['a.test']);
    assert.equal(clock.timers, 0);
  });
});
