import { metrics } from '../shared/metrics.ts';
import type { Sample } from '../shared/snapshot.ts';

/** A sample of a known metric. */
export function sample(
  metric: keyof typeof metrics,
  value: number,
  more: Pick<Sample, 'labels' | 'info' | 'counter' | 'scale'> = {},
): Sample {
  return { metric, value, unit: metrics[metric], ...more };
}
