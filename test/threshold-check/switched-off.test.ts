import assert from 'node:assert/strict';
import { SnapshotRates } from '../../nodes/shared/rates/snapshot-rates.ts';
import { checkRules, type NoDataAction } from '../../nodes/threshold-check/rule.ts';
import { ThresholdCheck } from '../../nodes/threshold-check/threshold-check.ts';

const texts = {
  reading: '{{series}}',
  silence: 'silent',
  gone: 'gone',
  rule: 'no rule',
  up: '',
  down: '',
  metricName: String,
};
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;

describe('an interface that is switched off while it is down', () => {
  /** What a rule on a link says, polled once a minute: at which minute, and what. */
  function watch(noData: NoDataAction, states: { up: boolean; adminUp: boolean }[]) {
    const rule = { metric: 'interface_up', comparison: '<', threshold: 1, noData };
    const check = new ThresholdCheck({ texts, sendPending: false, now: start });
    check.setRules(checkRules('rules', [{ ...rule, noDataAfter: 120 }]), start);
    const rates = new SnapshotRates();
    return states.flatMap((state, i) => {
      const time = start + i * minute;
      const snapshot = { time, interfaces: [{ name: 'eth0', ...state }] };
      const { alerts } = check.observe(rates.readings('core-1', {}, snapshot).readings, time);
      return [...alerts, ...check.elapse(time).alerts].map((alert) => `${i}: ${alert.state}`);
    });
  }

  const up = { up: true, adminUp: true };
  const down = { up: false, adminUp: true };
  const off = { up: false, adminUp: false };

  it('ends its alert where the rule resolves without readings', () => {
    assert.deepEqual(watch('resolve', [up, down, off, off, off, off]), [
      '1: firing',
      '3: resolved',
    ]);
  });

  it('keeps its alert where the rule stays as it is, until it is up again', () => {
    assert.deepEqual(watch('keep', [up, down, off, off, off, up]), ['1: firing', '5: resolved']);
  });

  it('raises none where it was up before', () => {
    for (const noData of ['resolve', 'keep'] as const) {
      assert.deepEqual(watch(noData, [up, off, off, off, off, up]), []);
    }
  });

  it('raises one when it is switched on and does not come up', () => {
    assert.deepEqual(watch('resolve', [up, off, off, down]), ['3: firing']);
  });
});
