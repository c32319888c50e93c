import type { Alert } from '../../contract/alert.ts';
import type { Reading } from '../../contract/reading.ts';

const numbers = { resolved: 0, pending: 1, firing: 2 } as const;

/**
 * The state of an alert as a reading of `alert_state`: 2 while it is firing, 1 pending, 0 resolved.
 * @param now ms since the Unix epoch, when its state was seen
 */
export function alertReading(
  { name, state, severity, metric, labels, summary }: Alert,
  now: number,
): Reading {
  return {
    metric: 'alert_state',
    value: numbers[state],
    unit: '1',
    time: now,
    labels: { ...labels, alert: name },
    info: { severity, metric, summary },
  };
}
