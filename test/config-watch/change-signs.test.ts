import assert from 'node:assert/strict';
import { ChangeSigns } from '../../nodes/config-watch/change-signs.ts';
import type { Reading } from '../../nodes/contract/reading.ts';

const reading = (metric: string, value: number, device = 'core-1'): Reading => ({
  ...{ metric, value, unit: 's', time: 0, labels: { device } },
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
