import assert from 'node:assert/strict';
import { toAlert } from '../../../nodes/shared/messages/read-alert.ts';

describe('toAlert', () => {
  const alert = {
    name: 'cpu_usage > 80',
    state: 'resolved',
    severity: 'warning',
    metric: 'cpu_usage',
    labels: { device: 'core-1' },
    unit: '%',
    value: 12,
    threshold: 80,
    summary: 'cpu_usage on core-1 is 12 %',
    startsAt: 1000,
    endsAt: 2000,
    fingerprint: '78ac8c6fada648ab',
  };

  it('takes an alert as it is', () => {
    assert.deepEqual(toAlert('payload', alert), alert);
    assert.deepEqual(toAlert('payload', { ...alert, value: null }), { ...alert, value: null });
  });

  it('drops what does not belong to it', () => {
    assert.deepEqual(toAlert('payload', { ...alert, more: 1 }), alert);
  });

  const bad: [change: object, message: string][] = [
    [{ state: 'on' }, 'payload.state: expected one of pending, firing, resolved, but got "on"'],
    [{ value: 'high' }, 'payload.value: expected a number, but got "high"'],
    [{ fingerprint: '' }, 'payload.fingerprint: expected a text, but got ""'],
    [
      { name: 'a\nb' },
      'payload.name: expected a text without line breaks or control characters, but got "a\\nb"',
    ],
    [
      { labels: JSON.parse('{"__proto__":"x"}') as object },
      'payload.labels.__proto__: expected a label name of letters, digits and _, not starting with a digit, but got "__proto__"',
    ],
  ];
  for (const [change, message] of bad) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.throws(() => toAlert('payload', { ...alert, ...change }), { message });
    });
  }
});
