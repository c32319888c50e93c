import { metrics } from '../../contract/metrics.ts';
import type { Sample } from '../../contract/snapshot.ts';
import { format } from '../../contract/units.ts';
import * as check from '../../shared/check.ts';
import { sample } from '../sample.ts';

/** Above its limits a device is up but degraded. */
export interface Limits {
  /** ms; 0 for none */
  maxLatency: number;
  /** %; 0 for none */
  maxLoss: number;
}

export const limitDefaults: Limits = { maxLatency: 0, maxLoss: 0 };

export const limitChecks = {
  maxLatency: (value: unknown) => check.number('maxLatency', value, { min: 0, max: 300_000 }),
  maxLoss: (value: unknown) => check.number('maxLoss', value, { min: 0, max: 100 }),
};

/**
 * `device_degraded` by the samples of a check, where there is a limit for any of them, and by what else was
 * judged: a text for a reason, an empty one for none.
 */
export function degradation(
  limits: Partial<Limits>,
  measured: readonly Sample[],
  others: readonly string[] = [],
): Sample[] {
  const judged = [
    ...judge('latency', limits.maxLatency, measured),
    ...judge('packet_loss', limits.maxLoss, measured),
    ...others,
  ];
  if (judged.length === 0) return [];
  const reason = judged.filter((text) => text !== '').join(', ');
  return [
    sample('device_degraded', reason === '' ? 0 : 1, reason === '' ? {} : { info: { reason } }),
  ];
}

// Texts such as "latency 120 ms > 100 ms" where the limit is exceeded, empty ones where it is kept.
function judge(
  metric: 'latency' | 'packet_loss',
  limit: number | undefined,
  measured: readonly Sample[],
): string[] {
  const value = Number(measured.find((s) => s.metric === metric)?.value);
  if (!limit || Number.isNaN(value)) return [];
  const show = (n: number) => format(n, metrics[metric]);
  return [value > limit ? `${metric} ${show(value)} > ${show(limit)}` : ''];
}
