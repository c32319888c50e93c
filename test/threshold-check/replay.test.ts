import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import { replay } from '../../nodes/threshold-check/replay.ts';
import { checkRules } from '../../nodes/threshold-check/rule.ts';
import { type Kept, KeptReadings } from '../support/kept-readings.ts';

const texts = {
  ...{ reading: '{{value}}', silence: 'silent', gone: 'gone', rule: 'other rule' },
  ...{ up: 'up', down: 'down', metricName: String },
};
const minute = 60_000;
const from = Date.UTC(2026, 0, 1);

describe('replay', () => {
  async function run(rules: object[], kept: Kept[], minutes = 60) {
    const history = new KeptReadings(kept);
    const to = from + minutes * minute;
    const checked = checkRules(
      'rules',
      rules.map((rule) => ({ metric: 'x', comparison: '>', threshold: 80, ...rule })),
    );
    const done = await replay(history, { rules: checked, from, to, texts });
    return { ...done, told: done.alerts.map(brief), history };
  }

  function brief({ state, summary, startsAt, endsAt }: Alert): string {
    const end = endsAt === undefined ? '' : `-${(endsAt - from) / minute}`;
    return `${state} ${(startsAt - from) / minute}${end} ${summary}`;
  }

  /** A value a minute. */
  const series = (values: number[], labels = {}, metric = 'x'): Kept => [
    ...([metric, { device: 'a', ...labels }] as const),
    values.map((value, i): [number, number] => [from + i * minute, value]),
  ];

  it('tells what the rule would have told, at the times of then', async () => {
    const values = [10, 90, 90, 90, 10, 10, 90, 10];
    const { told, readings, series: count } = await run([{ for: 60 }], [series(values)]);
    assert.deepEqual(told, ['firing 1 90 %', 'resolved 1-4 10 %']);
    assert.deepEqual([readings, count], [8, 1]);
  });

  it('lets time pass where nothing came', async () => {
    const rule = { noData: 'fire', noDataAfter: 600 };
    const { told } = await run([rule], [series([10, 10])]);
    assert.deepEqual(told, ['firing 11 silent']);
  });

  it('reads a piece at a time, and no reading twice', async () => {
    const busy = Array.from({ length: 50 }, (_, i) =>
      series(Array<number>(300).fill(i), { i: `${i}` }),
    );
    const { readings, history } = await run([{}], busy, 300);
    assert.equal(readings, 50 * 300);
    assert.ok(history.asked.length >= 4);
    for (const [i, query] of history.asked.entries()) {
      assert.equal(query.from, history.asked[i - 1]?.to ?? from);
    }
    assert.equal(history.asked.at(-1)!.to, from + 300 * minute);
  });

  it('reads what its rules ask for: labels where all of a metric ask for the same', async () => {
    const relative = { metric: 'y', threshold: 2, relativeTo: 'z' };
    const rules = [{ filter: 'device=a' }, { threshold: 90, filter: 'device=a' }, relative];
    const { told, history } = await run(rules, [
      ...[series([85]), series([99], { device: 'b' })],
      ...[series([30], {}, 'y'), series([10], {}, 'z')],
    ]);
    assert.deepEqual(told, ['firing 0 85 %', 'firing 0 30 %']);
    const asked = history.asked.map(({ metrics, labels }) => `${metrics}{${labels}}`);
    assert.deepEqual([...new Set(asked)], ['x{device=a}', 'y{}', 'z{}']);
  });

  it('ends once nobody waits for it', async () => {
    const [rules, gone] = [
      checkRules('rules', [{ metric: 'x', comparison: '>', threshold: 1 }]),
      AbortSignal.abort(new Error('gone')),
    ];
    const history = new KeptReadings([series([1])]);
    const options = { rules, from, to: from + minute, texts, signal: gone };
    await assert.rejects(replay(history, options), /gone/);
  });
});
