import assert from 'node:assert/strict';
import { PolledDevice } from '../../nodes/device-poll/poll.ts';
import { Problem } from '../../nodes/shared/problem.ts';

const signal = new AbortController().signal;

describe('PolledDevice', () => {
  it('delivers what was measured of a device that is down', async () => {
    const device = new PolledDevice(
      { name: 'a', address: 'a.test', labels: {} },
      {
        mapping: (answer) => answer,
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
          info: { error: 'no reply to any of 5 packets' },
        },
        { metric: 'packet_loss', value: 100, unit: '%', time: 7, labels },
      ],
    );
  });
});
