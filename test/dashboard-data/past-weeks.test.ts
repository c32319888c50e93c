import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { PastWeeks } from '../../nodes/dashboard-data/past-weeks.ts';
import type { CompareRequest } from '../../nodes/shared/history/analyses/compare.ts';
import type { ResultOf } from '../../nodes/shared/history/analyses/index.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-29T09:30:00Z');

describe('the weeks of the lines of a device', () => {
  const asked: CompareRequest[] = [];
  let fails: boolean;
  const used = (mean: number) => ({ mean, peak: 2 * mean, percentile95: 1.5 * mean, curve: [] });
  const one = (metric: string, name: string, after?: number, before?: number) => ({
    ...{ metric, labels: { device: 'sw', interface: name }, unit: 'bit/s' },
    now: after === undefined ? undefined : used(after),
    before: before === undefined ? undefined : used(before),
  });
  const compare = (request: CompareRequest): Promise<ResultOf<'compare'>> => {
    asked.push(request);
    if (fails) return Promise.reject(new Error('closed'));
    const series = [
      ...[
        one('in_rate', 'a', 100, 80),
        one('out_rate', 'a', 300),
        one('in_rate', 'gone', undefined, 5),
      ],
      { ...one('in_rate', 'a', 1), labels: { device: 'sw' } },
    ];
    return Promise.resolve({ series, omitted: 0, times: [] });
  };

  beforeEach(() => {
    fails = false;
    asked.length = 0;
  });

  it('are asked for in the background, and known from the next page on, for an hour', async () => {
    const weeks = new PastWeeks(compare);
    assert.equal(weeks.of('sw', now), undefined);
    await turn();
    assert.deepEqual(weeks.of('sw', now + 1), [
      { name: 'a', role: 'out', mean: 300, percentile95: 450, highest: 600, change: null },
      { name: 'a', role: 'in', mean: 100, percentile95: 150, highest: 200, change: 25 },
    ]);
    assert.equal(asked.length, 1);
    assert.equal(asked[0]!.labels, 'device="sw"');
    assert.deepEqual(asked[0]!.now, { from: now - 168.5 * hour, to: now - hour / 2 });
    assert.equal(asked[0]!.before.to, asked[0]!.now.from);
    // What is known stays while it is asked anew.
    assert.equal(weeks.of('sw', now + hour)!.length, 2);
    assert.equal(asked.length, 2);
  });

  it('are asked for again a minute after the history failed', async () => {
    fails = true;
    const weeks = new PastWeeks(compare);
    weeks.of('sw', now);
    await turn();
    fails = false;
    weeks.of('sw', now + 59_999);
    assert.equal(asked.length, 1);
    weeks.of('sw', now + 60_000);
    await turn();
    assert.equal(weeks.of('sw', now + 60_001)!.length, 2);
  });
});
