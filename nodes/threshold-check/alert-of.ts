import { createHash } from 'node:crypto';
import type { Alert, AlertState } from '../contract/alert.ts';
import { seriesKey } from '../contract/reading.ts';
import type { Cause } from './cause.ts';
import { limited, severityOf } from './limits.ts';
import { summaryOf, type Texts } from './summary.ts';
import type { Series, Watch } from './watch.ts';

/** The same for the same rule and series, on every machine and after every restart: 16 hex digits. */
function fingerprint(rule: string, series: Pick<Series, 'metric' | 'labels'>): string {
  const key = `${rule}\u0000${seriesKey(series.metric, series.labels)}`;
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** The alert that tells of a watch. */
export function alertOf(
  watch: Watch,
  change: { state: AlertState; startsAt: number },
  cause: Cause,
  texts: Texts,
): Alert {
  const { series } = watch;
  const rule = limited(watch.rule, watch.base);
  const missing = cause === 'silence' || cause === 'gone';
  return {
    name: rule.name,
    severity: severityOf(watch),
    metric: series.metric,
    labels: series.labels,
    unit: series.unit,
    value: missing ? null : series.value,
    threshold: missing ? null : rule.threshold,
    summary: summaryOf({ ...rule, severity: severityOf(watch) }, series, cause, texts),
    fingerprint: fingerprint(rule.name, series),
    ...change,
  };
}
