import type { Alert } from '../contract/alert.ts';

/**
 * What is the matter, where a number does not say it: no reading comes any more, a device cannot be reached for what
 * lies before it, does not answer, or answers beyond a limit. Undefined where the number says it, or all is over.
 */
export function condition({
  state,
  metric,
  value,
}: Alert): 'missing' | 'down' | 'degraded' | undefined {
  if (state === 'resolved') return undefined;
  if (value === null) return 'missing';
  if (metric === 'device_up' && value < 1) return 'down';
  if (metric === 'device_degraded' && value > 0) return 'degraded';
  return undefined;
}
