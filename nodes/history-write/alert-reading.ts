import type { Alert } from '../contract/alert.ts';
import type { Reading } from '../contract/reading.ts';
import { toAlert } from '../shared/messages/read-alert.ts';

const numbers = { resolved: 0, pending: 1, firing: 2 } as const;

/** Makes readings of the alerts in a payload, so that both can be kept. Throws a FieldProblem. */
export function withAlertsRead(payload: unknown, now: number): unknown {
  if (!Array.isArray(payload)) {
    return isAlert(payload) ? alertReading(toAlert('payload', payload), now) : payload;
  }
  if (!payload.some(isAlert)) return payload;
  return payload.map((value, i) =>
    isAlert(value) ? alertReading(toAlert(`payload[${i}]`, value), now) : (value as unknown),
  );
}

// It has a state, which no reading has.
function isAlert(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'state' in value && 'fingerprint' in value;
}

/**
 * The state of an alert as a reading of `alert_state`: 2 while it is firing, 1 pending, 0 resolved.
 * @param now ms since the Unix epoch, when its state was seen
 */
function alertReading(
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
