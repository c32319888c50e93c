import { metrics } from '../contract/metrics.ts';
import type { Sample } from '../contract/snapshot.ts';

/** A sample of a known metric. */
export function sample(
  metric: keyof typeof metrics,
  value: number,
  more: Pick<Sample, 'labels' | 'info' | 'counter' | 'scale'> = {},
): Sample {
  return { metric, value, unit: metrics[metric], ...more };
}
