import assert from 'node:assert/strict';
import { PastSuspects } from '../../nodes/dashboard-data/past-suspects.ts';
import { KeptReadings } from '../support/kept-readings.ts';

describe('the suspects of a device', () => {
  const { signal } = new AbortController();
  const labels = { device: 'sw', interface: 'a', of: 'in_rate' };

  it('are read with the series that they are of, and kept for a minute', async () => {
    const history = new KeptReadings([
      [
        'suspect',
        labels,
        [
          [1000, 7],
          [2000, -8],
        ],
      ],
      ['suspect', { device: 'other', of: 'cpu_usage' }, [[1500, 9]]],
      ['suspect', { device: 'sw' }, [[1500, 9]]],
    ]);
    const suspects = new PastSuspects(() => Promise.resolve(history), signal);
    const own = { device: 'sw', interface: 'a' };
    const found = [
      { time: 1000, metric: 'in_rate', labels: own },
      { time: 2000, metric: 'in_rate', labels: own },
    ];
    assert.deepEqual(await suspects.of('sw', 0, 5000), found);
    assert.deepEqual(await suspects.of('sw', 0, 64_000), found);
    assert.equal(history.asked.length, 1);
    await suspects.of('sw', 0, 65_001);
    assert.equal(history.asked.length, 2);
  });

  it('are asked for again after the history failed, and where more of the past is shown', async () => {
    const history = new KeptReadings([]);
    let fails = true;
    const suspects = new PastSuspects(
      () => (fails ? Promise.reject(new Error('closed')) : Promise.resolve(history)),
      signal,
    );
    await assert.rejects(suspects.of('sw', 500_000, 600_000), { message: 'closed' });
    fails = false;
    assert.deepEqual(await suspects.of('sw', 500_000, 600_000), []);
    await suspects.of('sw', 100_000, 600_000);
    assert.deepEqual(
      history.asked.map(({ from }) => from),
      [500_000, 100_000],
    );
  });
});
