import assert from 'node:assert/strict';
import { alertRows } from '../../nodes/chart-data/shapes/alerts.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import { noon, words } from './support.ts';

const alert = (fields: Partial<Alert>): Alert => ({
  name: 'High CPU',
  state: 'firing',
  severity: 'warning',
  metric: 'cpu_usage',
  labels: { device: 'core-1' },
  unit: '%',
  value: 93,
  threshold: 80,
  summary: 'CPU usage of core-1 is 93 %',
  startsAt: noon,
  fingerprint: 'f',
  ...fields,
});

describe('alertRows', () => {
  it('has what a table shows of an alert', () => {
    const [row] = alertRows([alert({})], words);
    assert.deepEqual(row, {
      since: words.time(noon),
      since_value: noon,
      severity: 'warning',
      severity_value: 1,
      device: 'core-1',
      name: 'High CPU',
      summary: 'CPU usage of core-1 is 93 %',
      level: 'warning',
    });
  });

  it('begins with the most severe, and of those with the newest', () => {
    const alerts = [
      alert({ name: 'old', startsAt: 1 }),
      alert({ name: 'info', severity: 'info', startsAt: 9 }),
      alert({ name: 'new', startsAt: 2 }),
      alert({ name: 'critical', severity: 'critical', startsAt: 0 }),
    ];
    const names = alertRows(alerts, words).map(({ name }) => name);
    assert.deepEqual(names, ['critical', 'new', 'old', 'info']);
  });

  it('leaves out what does not fire', () => {
    assert.deepEqual(
      alertRows([alert({ state: 'resolved' }), alert({ state: 'pending' })], words),
      [],
    );
  });
});
