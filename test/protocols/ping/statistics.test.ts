import assert from 'node:assert/strict';
import { jitter, pingSamples } from '../../../nodes/protocols/ping/statistics.ts';

describe('pingSamples', () => {
  const values = (sent: number, received: number, times: number[]) =>
    Object.fromEntries(
      pingSamples({ sent, received, times }).map(({ metric, value }) => [metric, value]),
    );

  it('gives loss, times and jitter', () => {
    assert.deepEqual(values(5, 4, [10, 20, 15, 15]), {
      packet_loss: 20,
      latency: 15,
      latency_min: 10,
      latency_max: 20,
      jitter: 5,
    });
  });

  it('gives no jitter of a single reply', () => {
    assert.deepEqual(values(1, 1, [3]), {
      packet_loss: 0,
      latency: 3,
      latency_min: 3,
      latency_max: 3,
    });
  });

  it('gives no times where there is no reply', () => {
    assert.deepEqual(values(5, 0, []), { packet_loss: 100 });
  });
});

describe('jitter', () => {
  it('is the mean of successive differences', () => {
    assert.equal(jitter([1, 4, 2]), 2.5);
    assert.equal(jitter([7, 7, 7]), 0);
  });
});
