import { metrics } from '../contract/metrics.ts';
import type { Translate } from './problem.ts';

/** A metric as people call it: "CPU", "incoming traffic"; the user's own without underscores. */
export function metricName(metric: string, t: Translate): string {
  return Object.hasOwn(metrics, metric)
    ? t(`shared.metric.${metric}`)
    : metric.replaceAll('_', ' ');
}
