import { render } from '../shared/template.ts';
import { duration, format } from '../contract/units.ts';
import type { Cause } from './cause.ts';
import type { Rule } from './rule.ts';
import type { Series } from './watch.ts';
import { oneLine } from '../shared/text.ts';

/** The usual template for each cause. */
export type Texts = Readonly<Record<Cause, string>>;

/**
 * The sentence of an alert on one line of at most 500 characters. A rule's own template is for
 * readings: there is no value to tell of where none came or none is asked for.
 */
export function summaryOf(
  rule: Rule,
  series: Omit<Series, 'watches'>,
  cause: Cause,
  texts: Texts,
): string {
  const template = cause === 'reading' && rule.summary !== '' ? rule.summary : texts[cause];
  const view = {
    name: rule.name,
    severity: rule.severity,
    metric: series.metric,
    comparison: rule.comparison,
    value: format(series.value, series.unit),
    threshold: format(rule.threshold, series.unit),
    unit: series.unit,
    labels: series.labels,
    info: series.info ?? {},
    series: seriesName(series),
    silence: duration(rule.noDataAfter),
  };
  return oneLine(render(template, view, { escapeHtml: false }), 500);
}

/** What labels say of a series, the device first: "core-1 Gi1/0/24 (AP lobby)". */
function seriesName({ labels, info }: Omit<Series, 'watches'>): string {
  const { device, ...others } = labels;
  const name = [device, ...Object.values(others)].filter(Boolean).join(' ');
  const alias = labels.interface === undefined ? undefined : info?.alias;
  return alias === undefined || alias === labels.interface ? name : `${name} (${alias})`;
}
