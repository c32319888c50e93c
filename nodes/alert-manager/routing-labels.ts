import type { Alert } from '../contract/alert.ts';
import type { Labels } from '../shared/match/label-filter.ts';

const known = new WeakMap<Alert, Labels>();

/**
 * What matchers and grouping see of an alert: its labels, with its name as `alertname`, its `severity` and its
 * `metric`, as Alertmanager has the first two.
 */
export function routingLabels(alert: Alert): Labels {
  let labels = known.get(alert);
  if (!labels) {
    const { name, severity, metric } = alert;
    labels = { ...alert.labels, alertname: name, severity, metric };
    known.set(alert, labels);
  }
  return labels;
}
