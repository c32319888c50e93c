import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import { episodes, pastOf } from '../../nodes/threshold-check/past.ts';
import { checkRule } from '../../nodes/threshold-check/rule.ts';
import { type Kept, KeptReadings } from '../support/kept-readings.ts';

const texts = {
  ...{ reading: '', silence: '', gone: '', rule: '', up: '', down: '', metricName: String },
};
const minute = 60_000;
const now = Date.UTC(2026, 0, 2, 12);
const rule = checkRule('rule', { metric: 'cpu_usage', comparison: '>', threshold: 80 });
const past = (kept: Kept[]) =>
  pastOf(rule, [new KeptReadings([]), new KeptReadings(kept)], { texts, now, patience: 60_000 });

describe('pastOf', () => {
  it('has the extremes of all series in each ten minutes, and how often the rule would have fired', async () => {
    const found = await past([
      [
        'cpu_usage',
        { device: 'a' },
        [
          [now - 25 * minute, 10],
          [now - 24 * minute, 90],
          [now - 5 * minute, 20],
        ],
      ],
      [
        'cpu_usage',
        { device: 'b' },
        [
          [now - 21 * minute, 5],
          [now - 4 * minute, 95],
          [now - 3 * minute, 94],
        ],
      ],
    ]);
    assert.deepEqual(found, { unit: '%', series: 2, low: [5, 20], high: [90, 95], fired: 2 });
  });

  it('asks how many messages people would have got of its alerts', async () => {
    const kept = new KeptReadings([['cpu_usage', { device: 'a' }, [[now - minute, 90]]]]);
    const found = await pastOf(rule, [kept], {
      ...{ texts, now, patience: 60_000 },
      messagesOf: ({ alerts, to }) => Promise.resolve(alerts.length + (to === now ? 10 : 0)),
    });
    assert.deepEqual([found?.fired, found?.messages], [1, 11]);
  });

  it('leaves out how often where that would take too long', async () => {
    const kept = new KeptReadings([['cpu_usage', { device: 'a' }, [[now - minute, 90]]]]);
    const slow: typeof kept.read = (query, signal) =>
      query.edges
        ? kept.read(query, signal)
        : new Promise((_, reject) => {
            signal!.addEventListener('abort', () => reject(signal!.reason as Error));
          });
    const found = await pastOf(rule, [{ read: slow }], { texts, now, patience: 1 });
    assert.deepEqual([found?.high, found?.fired], [[90], undefined]);
  });

  it('is none where no history has the series', async () => {
    assert.equal(await past([]), undefined);
  });
});

describe('episodes', () => {
  it('counts an alert that gets worse once', () => {
    const alert = (fingerprint: string, startsAt: number, state = 'firing') =>
      ({ fingerprint, startsAt, state }) as Alert;
    assert.equal(episodes([]), 0);
    const told = [
      alert('a', 1),
      alert('a', 1),
      alert('a', 1, 'resolved'),
      alert('a', 2),
      alert('b', 2),
    ];
    assert.equal(episodes(told), 3);
  });
});
