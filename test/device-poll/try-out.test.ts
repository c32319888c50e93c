import assert from 'node:assert/strict';
import { tryOut } from '../../nodes/device-poll/try-out.ts';
import { Problem } from '../../nodes/shared/problem.ts';

const device = { name: 'core-1', address: '10.0.0.1', labels: {} };
const never = new AbortController().signal;

describe('tryOut', () => {
  it('polls twice, so that counts show their rates', async () => {
    let octets = 0;
    const access = {
      poll: async () => ({
        snapshot: { time: 0, interfaces: [{ name: 'eth0', inOctets: (octets += 1000) }] },
        problems: [],
      }),
    };
    const { readings } = await tryOut(device, access, String, never);
    assert.deepEqual(
      readings.map((r) => r.metric),
      ['device_up', 'poll_duration', 'counter_gaps', 'in_rate'],
    );
  });

  it('tells of the precise problem', async () => {
    const access = { poll: () => Promise.reject(new Problem('connectionRefused')) };
    await assert.rejects(tryOut(device, access, String, never), {
      message: 'core-1 (10.0.0.1): connection refused',
    });
  });
});
