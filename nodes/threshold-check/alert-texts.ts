import { metricName } from '../shared/metric-name.ts';
import type { Translate } from '../shared/problem.ts';
import type { Texts } from './summary.ts';

/** The usual sentences of alerts in the user's language. */
export function alertTexts(t: Translate): Texts {
  return {
    reading: t('threshold-check.summary.reading'),
    silence: t('threshold-check.summary.silence'),
    gone: t('threshold-check.summary.gone'),
    rule: t('threshold-check.summary.rule'),
    up: t('threshold-check.summary.up'),
    down: t('threshold-check.summary.down'),
    metricName: (metric) => metricName(metric, t),
  };
}
