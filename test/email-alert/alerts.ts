import type { Alert } from '../../nodes/contract/alert.ts';

/** 14 November 2026, 13:02:11 UTC */
export const start = Date.UTC(2026, 10, 14, 13, 2, 11);

/** A firing alert, as threshold-check sends it. */
export function alert(changes: Partial<Alert> = {}): Alert {
  return {
    name: 'CPU usage',
    state: 'firing',
    severity: 'critical',
    metric: 'cpu_usage',
    labels: { device: 'core-1' },
    unit: '%',
    value: 93,
    threshold: 80,
    summary: 'cpu_usage of core-1 is 93 %, above 80 %',
    startsAt: start,
    fingerprint: 'f1',
    ...changes,
  };
}

/** The end of {@link alert}, 90 seconds later. */
export function recovery(changes: Partial<Alert> = {}): Alert {
  return alert({ state: 'resolved', value: 41, endsAt: start + 90_000, ...changes });
}
