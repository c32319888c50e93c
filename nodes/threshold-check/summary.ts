import { readUnit, readValue } from '../contract/metrics.ts';
import { duration, format } from '../contract/units.ts';
import { isIpAddress } from '../shared/ip-address.ts';
import { render } from '../shared/template.ts';
import { oneLine } from '../shared/text.ts';
import type { Cause } from './cause.ts';
import type { Rule } from './rule.ts';
import type { Series } from './watch.ts';

/** The usual template for each cause, those of a reading of a state by what it says. */
export type Texts = Readonly<Record<Cause | 'up' | 'down', string>> & {
  /** a metric as people call it */
  metricName: (metric: string) => string;
};

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
  const isOwn = cause === 'reading' && rule.summary !== '';
  const template = isOwn ? rule.summary : texts[cause === 'reading' ? kindOf(series) : cause];
  const { metric, unit } = series;
  const shown = (value: number) =>
    format(readValue(metric, value, unit), readUnit(metric, unit).unit);
  const view = {
    name: rule.name,
    severity: rule.severity,
    metric: series.metric,
    metricName: texts.metricName(series.metric),
    comparison: rule.comparison,
    value: shown(series.value),
    threshold: shown(rule.threshold),
    unit: series.unit,
    labels: series.labels,
    info: series.info ?? {},
    series: seriesName(series),
    silence: duration(rule.noDataAfter),
  };
  return oneLine(render(template, view, { escapeHtml: false }), 500);
}

// Of a state its value is no news, but what it means.
function kindOf({ metric, value }: Pick<Series, 'metric' | 'value'>): 'reading' | 'up' | 'down' {
  const isState = metric === 'device_up' || metric === 'interface_up';
  return !isState || (value !== 0 && value !== 1) ? 'reading' : value === 1 ? 'up' : 'down';
}

/**
 * What labels say of a series, the device first: "core-1 Gi1/0/24 (AP lobby)". A device that goes by its address has
 * the name that it gives itself.
 */
function seriesName({ labels, info }: Omit<Series, 'watches'>): string {
  const { device: label = '', ...others } = labels;
  const device = (isIpAddress(label) && info?.hostname) || label;
  const name = [device, ...Object.values(others)].filter(Boolean).join(' ');
  const alias = labels.interface === undefined ? undefined : info?.alias;
  return alias === undefined || alias === labels.interface ? name : `${name} (${alias})`;
}
