import { isIpAddress } from '../shared/ip-address.ts';
import { render } from '../shared/template.ts';
import { oneLine } from '../shared/text.ts';
import { isFlowMetric, isSubjectLabel } from '../shared/traffic/subjects.ts';
import type { Series } from './series-store.ts';
import type { Words } from './words.ts';

type Named = Pick<Series, 'metric' | 'labels' | 'info'>;

const maxLength = 60;

/**
 * The legend text of each series, no two the same. By a template over the series' labels, its info
 * and `metric` ({@link render}); without one, of the labels in which the series differ, the device
 * first, of what flows are divided by, and of the metric where there are several: "core-1 eth0 in".
 */
export function legends(series: readonly Named[], template: string, words: Words): string[] {
  const own = template === '' ? differing(series, words) : series.map(byTemplate(template, words));
  return unique(own.map((text) => clip(oneLine(text))));
}

function byTemplate(template: string, words: Words) {
  return ({ metric, labels, info }: Named) =>
    render(
      template,
      { ...info, ...labels, ...named(labels, info), metric: words.metric(metric) },
      { escapeHtml: false },
    );
}

function differing(series: readonly Named[], words: Words): string[] {
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  const differ = [...names].filter(
    (name) =>
      several(series.map(({ labels }) => labels[name])) ||
      // A talker alone is still that talker.
      series.some((one) => isFlowMetric(one.metric) && isSubjectLabel(name)),
  );
  const metrics = several(series.map(({ metric }) => metric));
  differ.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return series.map(({ metric, labels, info }) => {
    const shown: Record<string, string> = { ...labels, ...named(labels, info) };
    const own = differ.map((name) => shown[name] ?? '').filter((text) => text !== '');
    if (metrics || own.length === 0) own.push(words.metric(metric));
    return own.join(' ');
  });
}

// A device without a name of the operator's goes by its address; the name that it gives itself reads better.
function named(labels: Named['labels'], info: Named['info']): { device?: string } {
  const { device = '' } = labels;
  return info.hostname && isIpAddress(device) ? { device: info.hostname } : {};
}

function place(label: string): number {
  return label === 'device' ? 0 : 1;
}

function several(values: unknown[]): boolean {
  return new Set(values).size > 1;
}

function clip(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}

// A dashboard takes series of one name for one series.
function unique(texts: string[]): string[] {
  const used = new Set<string>();
  return texts.map((text) => {
    let name = text === '' ? '–' : text;
    for (let i = 2; used.has(name); i++) name = `${text} (${i})`;
    used.add(name);
    return name;
  });
}
