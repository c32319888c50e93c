import assert from 'node:assert/strict';
import { ChangeSigns } from '../../nodes/config-watch/change-signs.ts';
import type { Reading } from '../../nodes/contract/reading.ts';

const reading = (metric: string, value: number, device = 'core-1', time = 0): Reading => ({
  ...{ metric, value, unit: 's', time, labels: { device } },
});

describe('ChangeSigns', () => {
  let signs: ChangeSigns;
  const hear = (...readings: Reading[]) => Object.fromEntries(signs.hear(readings));

  beforeEach(() => {
    signs = new ChangeSigns();
  });

  it('sees a restart where the uptime goes back', () => {
    assert.deepEqual(hear(reading('uptime', 5000), reading('uptime', 7000, 'core-2')), {});
    assert.deepEqual(hear(reading('uptime', 5060), reading('uptime', 30, 'core-2')), {
      'core-2': 'restart',
    });
    assert.deepEqual(hear(reading('uptime', 90, 'core-2')), {});
  });

  it('does not take an uptime that is rounded for a restart', () => {
    hear(reading('uptime', 5000));
    assert.deepEqual(hear(reading('uptime', 4996)), {});
    assert.deepEqual(hear(reading('uptime', 4990)), { 'core-1': 'restart' });
  });

  it('sees a change where the time of the last one is another', () => {
    assert.deepEqual(hear(reading('configuration_last_changed', 100)), {});
    assert.deepEqual(hear(reading('configuration_last_changed', 100)), {});
    assert.deepEqual(hear(reading('configuration_last_changed', 160)), { 'core-1': 'change' });
  });

  it('sees a change where the last one is not as long ago as it should be', () => {
    const age = (value: number, minutes: number) =>
      hear(reading('configuration_age', value, 'core-1', minutes * 60_000));
    assert.deepEqual(age(900, 0), {});
    assert.deepEqual(age(957, 1), {});
    assert.deepEqual(age(50, 2), { 'core-1': 'change' });
    // Once more, while the age is larger than before.
    assert.deepEqual(age(55, 3), { 'core-1': 'change' });
    assert.deepEqual(age(115, 4), {});
    // A clock that is a little slower, over a day.
    assert.deepEqual(age(115 + 86_400 * 0.995, 4 + 1440), {});
    // A clock of ours that was set back.
    assert.deepEqual(age(115 + 86_460, 0), {});
  });

  it('tells a restart rather than the change that comes with it', () => {
    hear(reading('configuration_last_changed', 100), reading('uptime', 5000));
    assert.deepEqual(hear(reading('uptime', 10), reading('configuration_last_changed', 1)), {
      'core-1': 'restart',
    });
  });

  it('leaves out readings of no device', () => {
    assert.deepEqual(hear({ ...reading('uptime', 9), labels: {} }), {});
  });
});
