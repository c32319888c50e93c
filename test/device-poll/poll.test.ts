import assert from 'node:assert/strict';
import { PolledDevice } from '../../nodes/device-poll/poll.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import { FakeClock } from '../support/fake-clock.ts';

const signal = new AbortController().signal;

describe('PolledDevice', () => {
  it('delivers what was measured of a device that is down', async () => {
    const device = new PolledDevice(
      { name: 'a', address: 'a.test', labels: {} },
      {
        access: {
          poll: () =>
            Promise.resolve({
              snapshot: { time: 7, readings: [{ metric: 'packet_loss', value: 100, unit: '%' }] },
              problems: [],
              down: new Problem('noReply', { packets: 5 }),
            }),
        },
      },
    );
    const { up, problem, readings } = await device.poll(signal);
    assert.equal(up, false);
    assert.equal(problem?.message, 'a (a.test): no reply to any of 5 packets');
    const labels = { device: 'a' };
    assert.deepEqual(
      readings.filter(({ metric }) => metric !== 'poll_duration'),
      [
        {
          metric: 'device_up',
          value: 0,
          unit: '1',
          time: 7,
          labels,
          info: { address: 'a.test', error: 'no reply to any of 5 packets' },
        },
        { metric: 'packet_loss', value: 100, unit: '%', time: 7, labels },
      ],
    );
  });

  it('names a device without a name once', async () => {
    const poll = () => Promise.reject(new Problem('connectionRefused'));
    const device = new PolledDevice(
      { name: 'a.test', address: 'a.test', labels: {} },
      { access: { poll } },
    );
    const { problem } = await device.poll(signal);
    assert.equal(problem?.message, 'a.test: connection refused');
  });

  it('tells the name that a device gives itself, and how far its clock is off', async () => {
    const answer = {
      deviceTime: 400_000,
      hostname: 'sw-1',
      interfaces: [{ name: 'eth0', up: true }],
    };
    const poll = () => Promise.resolve({ snapshot: { time: 1_000_000, ...answer }, problems: [] });
    const infos = async (name: string) => {
      const access = { poll };
      const device = new PolledDevice({ name, address: '10.0.0.1', labels: {} }, { access });
      const { readings } = await device.poll(signal);
      return readings.map(({ metric, value, info }) => [
        metric,
        metric === 'poll_duration' ? 0 : value,
        info?.hostname,
      ]);
    };
    assert.deepEqual(await infos('core'), [
      ['device_up', 1, 'sw-1'],
      ['poll_duration', 0, undefined],
      ['counter_gaps', 0, undefined],
      ['clock_offset', -600, undefined],
      ['interface_up', 1, undefined],
    ]);
    // It goes by its address.
    assert.deepEqual(
      (await infos('10.0.0.1')).map(([, , hostname]) => hostname),
      ['sw-1', 'sw-1', 'sw-1', 'sw-1', 'sw-1'],
    );
  });

  it('tells what is asked, and the name of before while there is no answer', async () => {
    const answers = [
      () => Promise.resolve({ snapshot: { time: 1, hostname: 'sw-1' }, problems: [] }),
      () => Promise.reject(new Problem('connectionRefused')),
    ];
    const asks = (address: string) => ({ check: `TCP ${address}` });
    const device = new PolledDevice(
      { name: '10.0.0.1', address: '10.0.0.1', labels: {} },
      { access: { poll: () => answers.shift()!(), asks } },
    );
    const infos = async () => (await device.poll(signal)).readings.map(({ info }) => info);
    const [named, check] = [{ hostname: 'sw-1' }, { check: 'TCP 10.0.0.1' }];
    assert.deepEqual(await infos(), [{ ...named, ...check }, named]);
    assert.deepEqual(await infos(), [{ ...named, ...check, error: 'connection refused' }, named]);
  });

  it('has rates over the time between two answers, whatever the clock shows', async () => {
    const clock = new FakeClock({ date: 1e12, steady: 5000 });
    let inOctets = 0;
    const poll = () =>
      Promise.resolve({
        snapshot: { time: clock.date(), interfaces: [{ name: 'eth0', inOctets }] },
        problems: [],
      });
    const device = new PolledDevice(
      { name: 'a', address: 'a.test', labels: {} },
      {
        access: { poll },
        clock,
      },
    );
    await device.poll(signal);
    inOctets = 25e6;
    clock.skip(10_000);
    clock.setDate(1e12 - 9500);
    const { readings } = await device.poll(signal);
    assert.deepEqual(
      readings.filter(({ metric }) => metric === 'in_rate').map(({ value }) => value),
      [20e6],
    );
  });

  it('delivers any number of readings', async () => {
    const readings = Array.from({ length: 200_000 }, (_, i) => ({
      ...{ metric: 'm', value: i, unit: '1', labels: { n: String(i) } },
    }));
    const poll = () => Promise.resolve({ snapshot: { time: 7, readings }, problems: [] });
    const device = new PolledDevice(
      { name: 'a', address: 'a.test', labels: {} },
      { access: { poll } },
    );
    const outcome = await device.poll(signal);
    assert.equal(outcome.up, true);
    assert.equal(outcome.readings.length, 200_002);
    assert.equal(outcome.readings.at(-1)!.value, 199_999);
  });

  it('is a failed poll whatever fails, and tells the reason', async () => {
    const snapshot = {
      time: 7,
      get interfaces(): never {
        throw new RangeError('too much of it');
      },
    };
    const device = new PolledDevice(
      { name: 'a', address: 'a.test', labels: {} },
      {
        access: { poll: () => Promise.resolve({ snapshot, problems: [] }) },
      },
    );
    const { up, problem, readings } = await device.poll(signal);
    assert.equal(up, false);
    assert.equal(problem?.message, 'a (a.test): too much of it');
    assert.deepEqual(
      readings.map(({ metric, value }) => [metric, metric === 'device_up' ? value : 0]),
      [
        ['device_up', 0],
        ['poll_duration', 0],
      ],
    );
    assert.equal(readings[0]!.info!.error, 'too much of it');
  });

  it('counts the rates that a reset has cost', async () => {
    const counts = [1000, 2000, 500];
    let time = 0;
    const poll = () =>
      Promise.resolve({
        snapshot: {
          time: 0,
          countedAt: (time += 1000),
          interfaces: [{ name: 'eth0', inOctets: counts.shift()! }],
        },
        problems: [],
      });
    const device = new PolledDevice(
      { name: 'a', address: 'a.test', labels: {} },
      { access: { poll } },
    );
    const seen: unknown[] = [];
    while (counts.length > 0) {
      const { readings } = await device.poll(signal);
      seen.push(readings.slice(2).map(({ metric, value }) => [metric, value]));
    }
    assert.deepEqual(seen, [
      [['counter_gaps', 0]],
      [
        ['counter_gaps', 0],
        ['in_rate', 8000],
      ],
      [['counter_gaps', 1]],
    ]);
  });
});
