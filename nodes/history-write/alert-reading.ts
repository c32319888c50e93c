import { alertReading } from '../shared/messages/alert-reading.ts';
import { toAlert } from '../shared/messages/read-alert.ts';

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
