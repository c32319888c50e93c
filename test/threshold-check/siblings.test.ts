import assert from 'node:assert/strict';
import { checkRules, type RuleInput } from '../../nodes/threshold-check/rule.ts';
import { decode, encode, restore } from '../../nodes/threshold-check/state.ts';
import { ThresholdCheck } from '../../nodes/threshold-check/threshold-check.ts';

const texts = {
  reading: '{{value}}',
  silence: 'silent',
  gone: 'gone',
  rule: 'no rule',
  up: '',
  down: '',
  metricName: String,
};
const minute = 60_000;

/** The disks of a device, polled once a minute unless told; all but those in `full` are well. */
class Disks {
  check = new ThresholdCheck({ texts, sendPending: false, now: 0 });
  now = 0;
  readonly #rules;
  readonly #pause: number;
  readonly #isSplit: boolean;

  constructor(rule: Partial<RuleInput> = {}, { pause = minute, isSplit = false } = {}) {
    const disk = { metric: 'disk_usage', comparison: '>', threshold: 90 } as const;
    this.#rules = checkRules('rules', [{ ...disk, ...rule }]);
    this.#pause = pause;
    this.#isSplit = isSplit;
    this.check.setRules(this.#rules, 0);
  }

  /** Polls a number of times; gives the alerts, each with the number of its poll. */
  poll(count: number, disks: string[], { device = 'nas', full = ['/b'] } = {}): string[] {
    const alerts: string[] = [];
    for (let poll = 1; poll <= count; poll++) {
      this.now += this.#pause;
      const readings = disks.map((disk) => ({
        ...{ metric: 'disk_usage', unit: '%', time: 0, labels: { device, disk } },
        value: full.includes(disk) ? 95 : 5,
      }));
      for (const message of this.#isSplit ? readings.map((reading) => [reading]) : [readings]) {
        const { alerts: changes } = this.check.observe(message, (this.now += 1));
        for (const { state, labels, summary } of [
          ...changes,
          ...this.check.elapse(this.now).alerts,
        ]) {
          alerts.push(`${poll}: ${labels.disk} ${state} ${summary}`);
        }
      }
    }
    return alerts;
  }

  restart() {
    const at = { now: this.now, date: this.now, run: 'first' };
    const kept: unknown = JSON.parse(JSON.stringify(encode(this.check, this.#rules, at)));
    this.check = new ThresholdCheck({ texts, sendPending: false, now: this.now });
    restore(this.check, decode(kept), { ...at, run: 'second' });
  }
}

describe('a series that stops while its device goes on', () => {
  const all = ['/a', '/b', '/c'];
  const fires = '1: /b firing 95 %';

  it('ends its alert after ten polls, of which the readings come in one message or many', () => {
    for (const isSplit of [false, true]) {
      for (const disks of [all, all.toReversed()]) {
        const bench = new Disks({}, { isSplit });
        assert.deepEqual(bench.poll(2, disks), [fires]);
        const others = disks.filter((disk) => disk !== '/b');
        assert.deepEqual(bench.poll(10, others), []);
        assert.deepEqual(bench.poll(1, others), ['1: /b resolved gone']);
        assert.deepEqual(bench.poll(20, others), []);
        assert.deepEqual(bench.poll(1, disks), [fires]);
      }
    }
  });

  it('waits for ten minutes at least', () => {
    const bench = new Disks({}, { pause: 6_000 });
    bench.poll(2, all);
    assert.deepEqual(bench.poll(99, ['/a']), []);
    assert.deepEqual(bench.poll(1, ['/a']), ['1: /b resolved gone']);
  });

  it('keeps its alert where it comes back in time', () => {
    const bench = new Disks();
    bench.poll(2, all);
    assert.deepEqual(bench.poll(9, ['/a']), []);
    assert.deepEqual(bench.poll(1, all), []);
  });

  it('keeps its alert where all of them stop, or another device goes on', () => {
    const bench = new Disks();
    bench.poll(2, all);
    bench.poll(2, all, { device: 'other', full: [] });
    assert.deepEqual(bench.poll(100, all, { device: 'other', full: [] }), []);
  });

  it('waits for twice as long as it ever was missed before', () => {
    const bench = new Disks();
    bench.poll(2, all);
    bench.poll(8, ['/a']);
    bench.poll(2, all);
    assert.deepEqual(bench.poll(17, ['/a']), []);
    assert.deepEqual(bench.poll(1, ['/a']), ['1: /b resolved gone']);
  });

  it('keeps the alert of one that never came as often as the others', () => {
    const bench = new Disks();
    for (let hour = 0; hour < 3; hour++) {
      assert.deepEqual(bench.poll(1, all), hour === 0 ? [fires] : []);
      assert.deepEqual(bench.poll(59, ['/a']), []);
    }
  });

  it('leaves it to a rule that says what happens when readings stop', () => {
    const fire = new Disks({ noData: 'fire', noDataAfter: 3600 });
    fire.poll(2, all);
    assert.deepEqual(fire.poll(30, ['/a']), []);
    const resolve = new Disks({ noData: 'resolve', noDataAfter: 1800 });
    resolve.poll(2, all);
    assert.deepEqual(resolve.poll(29, ['/a']), []);
    assert.deepEqual(resolve.poll(1, ['/a']), ['1: /b resolved silent']);
  });

  it('counts anew after a restart', () => {
    const bench = new Disks();
    bench.poll(2, all);
    bench.poll(9, ['/a']);
    bench.restart();
    assert.deepEqual(bench.poll(10, ['/a']), []);
    assert.deepEqual(bench.poll(1, ['/a']), ['1: /b resolved gone']);
  });

  it('goes on where rules change', () => {
    const bench = new Disks();
    bench.poll(2, all);
    const rules = checkRules('rules', [
      ...bench.check.rules,
      { ...bench.check.rules[0]!, name: 'x' },
    ]);
    bench.check.setRules(rules, bench.now);
    assert.deepEqual(bench.poll(1, ['/a']), []);
    assert.deepEqual(bench.poll(9, ['/a']), []);
    assert.deepEqual(bench.poll(1, ['/a']), ['1: /b resolved gone']);
  });
});
