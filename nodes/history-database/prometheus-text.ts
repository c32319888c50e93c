// The latest values as Prometheus scrapes them: its text format 0.0.4, and OpenMetrics 1.0.
// https://prometheus.io/docs/instrumenting/exposition_formats/
// https://prometheus.io/docs/specs/om/open_metrics_spec/

import english from '../../locales/en-US/shared.json' with { type: 'json' };
import { prometheusLabels, prometheusName } from '../shared/history/prometheus-names.ts';
import type { LatestValue } from '../shared/history/store/store.ts';

export type TextFormat = 'prometheus' | 'openmetrics';

export const contentTypes: Readonly<Record<TextFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** Which of the two a client takes, from its Accept header. */
export function formatFor(accept: string | undefined): TextFormat {
  return /application\/openmetrics-text/i.test(accept ?? '') ? 'openmetrics' : 'prometheus';
}

interface Family {
  unit: string;
  /** by their labels as text */
  samples: Map<string, { time: number; value: number }>;
}

/** The text, a metric at a time. Of two series that are one to Prometheus, the newer value counts. */
export function* prometheusText(
  values: Iterable<LatestValue>,
  format: TextFormat,
): Generator<string, void> {
  const families = new Map<string, Family>();
  for (const { metric, labels, unit, time, value } of values) {
    const name = prometheusName(metric);
    let family = families.get(name);
    if (!family) families.set(name, (family = { unit, samples: new Map() }));
    const key = labelText(labels);
    const known = family.samples.get(key);
    if (!known || known.time <= time) family.samples.set(key, { time, value });
  }
  for (const name of [...families.keys()].sort()) {
    const { unit, samples } = families.get(name)!;
    const lines = [
      `# HELP ${name} ${escape(help(name, unit), format === 'openmetrics')}`,
      `# TYPE ${name} gauge`,
    ];
    for (const labels of [...samples.keys()].sort()) {
      lines.push(`${name}${labels} ${samples.get(labels)!.value}`);
    }
    yield `${lines.join('\n')}\n`;
  }
  if (format === 'openmetrics') yield '# EOF\n';
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = prometheusLabels(labels).map(([name, value]) => `${name}="${escape(value, true)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escape(text: string, quotes: boolean): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return quotes ? escaped.replaceAll('"', '\\"') : escaped;
}

const words: Record<string, string> = english.metric;

// OpenMetrics takes a unit in a line of its own only where the name ends with it.
function help(name: string, unit: string): string {
  const meaning = Object.hasOwn(words, name) ? words[name]! : name.replaceAll('_', ' ');
  return unit === '1' ? meaning : `${meaning}, in ${unit}`;
}
