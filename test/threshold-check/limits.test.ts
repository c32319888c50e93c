import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import { checkRules } from '../../nodes/threshold-check/rule.ts';
import { decode, encode, restore } from '../../nodes/threshold-check/state.ts';
import { ThresholdCheck } from '../../nodes/threshold-check/threshold-check.ts';

const texts = {
  ...{ reading: '{{value}} of {{threshold}}, {{severity}}', silence: 'silent', gone: 'gone' },
  ...{ rule: 'other rule', up: 'up', down: 'down', metricName: String },
};
const second = 1000;

function make(now = 0): ThresholdCheck {
  return new ThresholdCheck({ texts, sendPending: false, now });
}

function withRule(rule: object): ThresholdCheck {
  const check = make();
  check.setRules(checkRules('rules', [{ comparison: '>', ...rule }]), 0);
  return check;
}

function reading(metric: string, value: number, labels: Record<string, string> = {}): Reading {
  return { metric, value, unit: 'bit/s', time: 0, labels: { device: 'a', ...labels } };
}

function brief({ state, severity, summary, threshold }: Alert): string {
  return `${state} ${severity} ${threshold}: ${summary}`;
}

/** Kept and taken up again, as in a deploy. */
function restarted(check: ThresholdCheck, now: number): ThresholdCheck {
  const at = { now, date: now, run: 'same' };
  const next = make(now);
  restore(next, decode(JSON.parse(JSON.stringify(encode(check, check.rules, at)))), at);
  return next;
}

describe('a rule with a critical limit', () => {
  let check: ThresholdCheck;
  const read = (at: number, value: number) =>
    check.observe([reading('x', value)], at * second).alerts.map(brief);

  it('tells one alert of both, which gets worse and better', () => {
    check = withRule({ metric: 'x', threshold: 80, criticalThreshold: 90 });
    assert.deepEqual(read(0, 85), ['firing warning 80: 85 bit/s of 80 bit/s, warning']);
    assert.deepEqual(read(10, 95), ['firing critical 80: 95 bit/s of 80 bit/s, critical']);
    assert.deepEqual(read(20, 99), []);
    assert.equal(check.active()[0]!.severity, 'critical');
    assert.deepEqual(read(30, 90), ['firing warning 80: 90 bit/s of 80 bit/s, warning']);
    assert.deepEqual(read(40, 80), ['resolved warning 80: 80 bit/s of 80 bit/s, warning']);
  });

  it('has one fingerprint and one beginning', () => {
    check = withRule({ metric: 'x', threshold: 80, criticalThreshold: 90 });
    const [first] = check.observe([reading('x', 85)], 5).alerts;
    const [second] = check.observe([reading('x', 95)], 6).alerts;
    assert.deepEqual(
      [second!.fingerprint, second!.startsAt],
      [first!.fingerprint, first!.startsAt],
    );
  });

  it('is critical from the start where it is so bad', () => {
    check = withRule({ metric: 'x', comparison: '<', threshold: 10, criticalThreshold: 5 });
    assert.deepEqual(read(0, 4), ['firing critical 10: 4 bit/s of 10 bit/s, critical']);
    assert.deepEqual(read(10, 20), ['resolved warning 10: 20 bit/s of 10 bit/s, warning']);
    assert.deepEqual(read(20, 9), ['firing warning 10: 9 bit/s of 10 bit/s, warning']);
  });

  it('has to be so bad for as long, and over for as long', () => {
    check = withRule({
      ...{ metric: 'x', threshold: 80, criticalThreshold: 90, for: 60, clearAfter: 30 },
    });
    assert.deepEqual(read(0, 85), []);
    assert.deepEqual(read(30, 95), []);
    assert.deepEqual(read(60, 95), ['firing warning 80: 95 bit/s of 80 bit/s, warning']);
    assert.deepEqual(read(90, 95), ['firing critical 80: 95 bit/s of 80 bit/s, critical']);
    assert.deepEqual(read(120, 85), []);
    assert.deepEqual(read(150, 85), ['firing warning 80: 85 bit/s of 80 bit/s, warning']);
  });

  it('goes on where it stood after a deploy', () => {
    check = withRule({ metric: 'x', threshold: 80, criticalThreshold: 90 });
    read(0, 95);
    check = restarted(check, 1 * second);
    assert.equal(check.active()[0]!.severity, 'critical');
    assert.deepEqual(read(10, 96), []);
    assert.deepEqual(read(20, 85), ['firing warning 80: 85 bit/s of 80 bit/s, warning']);
  });
});

describe('a rule relative to another series', () => {
  const speed = (value: number, labels = {}) => reading('interface_speed', value, labels);
  const rate = (value: number, labels = {}) => reading('in_rate', value, labels);

  it('takes the value of the same device and interface, whichever comes first in a message', () => {
    const check = withRule({ metric: 'in_rate', threshold: 0.8, relativeTo: 'interface_speed' });
    const one = { interface: '1' };
    const two = { interface: '2' };
    const message = [rate(90, one), rate(90, two), speed(100, one), speed(1000, two)];
    assert.deepEqual(check.observe(message, 0).alerts.map(brief), [
      'firing warning 80: 90 bit/s of 80 bit/s, warning',
    ]);
    assert.equal(check.active()[0]!.threshold, 80);
    assert.equal(restarted(check, 1).active()[0]!.threshold, 80);
    // The line got faster.
    assert.deepEqual(check.observe([speed(1000, one), rate(90, one)], 2).alerts.map(brief), [
      'resolved warning 800: 90 bit/s of 800 bit/s, warning',
    ]);
  });

  it('takes one of the device where parts have none, and one with another label', () => {
    const check = withRule({ metric: 'in_rate', threshold: 1, relativeTo: 'limit{kind="line"}' });
    const limits = [reading('limit', 50, { kind: 'line' }), reading('limit', 10, { kind: 'x' })];
    const { alerts } = check.observe([...limits, rate(60, { interface: '1' })], 0);
    assert.deepEqual(alerts.map(brief), ['firing warning 50: 60 bit/s of 50 bit/s, warning']);
  });

  it('says nothing where the other is not known, or not any more', () => {
    const check = withRule({ metric: 'in_rate', threshold: 0.8, relativeTo: 'interface_speed' });
    assert.deepEqual(check.observe([rate(90)], 0).alerts, []);
    check.observe([speed(100)], 1);
    assert.deepEqual(check.observe([rate(90)], 301_002).alerts, []);
    assert.equal(check.observe([speed(100), rate(90)], 302_000).alerts.length, 1);
  });

  it('takes 0 for 0', () => {
    const check = withRule({ metric: 'in_rate', threshold: 2, relativeTo: 'out_rate' });
    assert.deepEqual(check.observe([rate(0), reading('out_rate', 0)], 0).alerts, []);
    assert.equal(check.observe([rate(1), reading('out_rate', 0)], 1).alerts.length, 1);
  });
});
