import assert from 'node:assert/strict';
import { bandAt, PastNormal } from '../../nodes/dashboard-data/past-normal.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import type { Answer } from '../../nodes/shared/history/store/query.ts';

const minute = 60_000;

describe('the normal ranges of a device', () => {
  const { signal } = new AbortController();
  const asked: AskedQuery[] = [];
  const labels = { device: 'sw', interface: 'a', of: 'in_rate' };
  const history = {
    read: (query: AskedQuery): Promise<Answer> => {
      asked.push(query);
      const times = query.edges!.slice(0, -1);
      const one = (metric: string, own: Record<string, string>, value: number) => ({
        ...{ metric, labels: own, unit: 'bit/s', info: undefined, times },
        columns: { average: times.map((_, i) => (i % 2 === 0 ? value : Number.NaN)) },
      });
      const series = [
        ...[one('normal_low', labels, 1), one('normal_high', labels, 5)],
        one('normal_low', { device: 'sw', of: 'cpu_usage' }, 1),
        one('normal_high', { device: 'sw' }, 1),
      ];
      return Promise.resolve({ series, omitted: 0 });
    },
  };

  it('are read in steps of 5 minutes at the least, by the series that they are of', async () => {
    const normal = new PastNormal(() => Promise.resolve(history), signal);
    const found = await normal.of('sw', 0, 20 * minute, 15_000);
    assert.deepEqual(
      [...found],
      [
        [
          'in_rate\0device\x01sw\0interface\x01a',
          { starts: [0, 10 * minute], low: [1, 1], high: [5, 5] },
        ],
      ],
    );
    await normal.of('sw', 0, 20 * minute + 1, 15_000);
    assert.equal(asked.length, 1);
    await normal.of('sw', 0, 20 * minute, 30 * minute);
    assert.equal(asked.length, 2);
    assert.equal(asked[1]!.edges!.length, 2);
  });

  it('are held until the next one, and for a bit more than an hour', () => {
    const range = { starts: [0, 60 * minute], low: [1, 2], high: [5, 6] };
    const times = [-1, 0, 59, 60, 130, 131].map((minutes) => minutes * minute);
    assert.deepEqual(bandAt(times, range), {
      low: [null, 1, 1, 2, 2, null],
      high: [null, 5, 5, 6, 6, null],
    });
    assert.deepEqual(bandAt([5], { starts: [], low: [], high: [] }), { low: [null], high: [null] });
  });
});
