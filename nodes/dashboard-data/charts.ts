import type { Alert } from '../contract/alert.ts';
import { readValue } from '../contract/metrics.ts';
import type { Chart, Line, PortLine } from '../contract/pages.ts';
import type { DeviceRecord, Series } from './device-record.ts';
import type { View } from './view.ts';
import type { ChartSubject } from './words.ts';

/** lines, or pairs of in and out, of one chart: so many colours can be told apart */
const mostLines = 7;
const mostMarks = 20;
/** lines of one chart whose normal range is drawn */
const mostRanges = 2;

/** Whether what is about a series, such as an alert, belongs to a chart. */
type About = (one: Pick<Alert, 'metric' | 'labels'>) => boolean;

interface ChartOf {
  subject: ChartSubject;
  lines: Line[];
  /** whose limits and alerts belong to it */
  about: About;
  /** whose restarts are marked */
  record?: DeviceRecord;
  /** whose changes of its configuration are marked */
  device?: string | undefined;
  isMirrored?: boolean;
}

/** A port to draw, and the name of its line. */
export interface DrawnPort {
  port: PortLine;
  name: string;
}

/** In and out of ports, in above and out below; null where no port has rates. */
export function trafficChart(ports: readonly DrawnPort[], view: View): Chart | null {
  const drawn = ports.slice(0, mostLines);
  const lines = drawn.flatMap(({ port, name }) =>
    (['in', 'out'] as const).flatMap((role) => {
      const series = portSeries(port, view)?.get(`${role}_rate`);
      if (!series) return [];
      // In and out of one port share their colour.
      const key = `${port.device} ${port.name}`;
      return [view.curves.line(series, { name, key, role, isLink: true })];
    }),
  );
  if (lines.length === 0) return null;
  const keys = new Set(lines.map(({ key }) => key));
  const about: About = ({ metric, labels }) =>
    /^(in|out)_rate$/.test(metric) && keys.has(`${labels.device} ${labels.interface}`);
  const devices = new Set(drawn.map(({ port }) => port.device));
  const device = devices.size === 1 ? drawn[0]!.port.device : undefined;
  return chart({ subject: 'traffic', lines, about, device, isMirrored: true }, view);
}

/** The charts of one port but that of its traffic. */
export function portCharts(port: PortLine, view: View): Chart[] {
  const series = portSeries(port, view);
  const about =
    (metrics: readonly string[]): About =>
    (alert) =>
      metrics.includes(alert.metric) &&
      alert.labels.device === port.device &&
      alert.labels.interface === port.name;
  const of = (subject: ChartSubject, metrics: readonly string[], isMirrored = false) => {
    const lines = metrics.flatMap((metric) => {
      const one = series?.get(metric);
      if (!one) return [];
      const role = isMirrored ? (metric.startsWith('in') ? 'in' : 'out') : 'value';
      const key = isMirrored ? `${port.device} ${port.name}` : one.key;
      // A direction says it all.
      const name = isMirrored ? '' : view.words.line(metric);
      return [view.curves.line(one, { name, key, role })];
    });
    return lines.length === 0
      ? []
      : [chart({ subject, lines, about: about(metrics), device: port.device, isMirrored }, view)];
  };
  return [
    ...of('utilization', ['utilization']),
    ...of('errors', ['error_rate', 'discard_rate']),
    ...of('packets', ['in_packets', 'out_packets'], true),
  ];
}

/** Metrics that one chart of a device shows, if it has any of them. */
const deviceCharts: readonly (readonly [ChartSubject, readonly string[]])[] = [
  ['processor', ['cpu_usage', 'memory_usage', 'swap_usage']],
  ['temperature', ['temperature']],
  ['response', ['latency']],
  ['loss', ['packet_loss']],
  ['offset', ['ntp_offset']],
];

/** The charts of one device but that of its traffic. */
export function chartsOf(record: DeviceRecord, view: View): Chart[] {
  const all = deviceCharts.map(([subject, metrics]) => {
    const series = metrics.flatMap((metric) => record.all(metric));
    return { subject, series: series.slice(0, mostLines) };
  });
  // How long an SNMP device took to tell all is the only time known of it.
  if (!record.latest('latency') && record.latest('poll_duration')) {
    all.push({ subject: 'response', series: record.all('poll_duration') });
  }
  return all.flatMap(({ subject, series }) => {
    if (series.length === 0) return [];
    const lines = series.map((one) =>
      view.curves.line(one, { name: nameOf(one, view), key: one.key, role: 'value' }),
    );
    const metrics = new Set(series.map(({ metric }) => metric));
    const about: About = ({ metric, labels }) =>
      metrics.has(metric) && labels.device === record.name;
    return [chart({ subject, lines, about, record, device: record.name }, view)];
  });
}

/** What tells a series from others of its metric: the disk, the sensor; undefined where there is but one. */
export function partOf({ labels }: Series): string | undefined {
  return labels.disk ?? labels.sensor ?? labels.period ?? labels.core;
}

function nameOf(series: Series, { words }: View): string {
  return partOf(series) ?? words.line(series.metric);
}

function portSeries({ device, name }: PortLine, { state }: View): Map<string, Series> | undefined {
  return state.devices.get(device)?.ports.get(name)?.series;
}

function chart(
  { subject, lines, about, record, device, isMirrored = false }: ChartOf,
  { state, words, curves, configuration, suspects = [] }: View,
): Chart {
  const alerts = [...state.alerts.active, ...state.alerts.ended].filter(about);
  const limits = new Map<string, Chart['limits'][number]>();
  for (const { threshold, severity, name, metric, unit } of alerts) {
    if (threshold === null) continue;
    const role = metric.startsWith('in_') ? 'in' : 'out';
    limits.set(`${name} ${metric} ${threshold}`, {
      ...{ value: readValue(metric, threshold, unit), severity, rule: name },
      ...(isMirrored && { role }),
    });
  }
  const marks = [
    ...(record?.restarts ?? []).map((time) => ({ time, text: words.restart })),
    ...alerts.map(({ startsAt, name }) => ({ time: startsAt, text: name })),
    ...(configuration && configuration.device === device ? configuration.changes : []).map(
      (time) => ({ time, text: words.configuration }),
    ),
    ...suspects.filter(about).map(({ time }) => ({ time, text: words.suspect })),
  ];
  return {
    ...{ title: words.chart(subject), unit: lines[0]!.unit, isMirrored },
    // Ranges of many lines would hide each other.
    lines: lines.length > mostRanges ? lines.map(withoutRange) : lines,
    limits: [...limits.values()],
    marks: marks
      .filter(({ time }) => time > curves.start)
      .sort((a, b) => a.time - b.time)
      .slice(-mostMarks),
  };
}

function withoutRange(line: Line): Line {
  const own = { ...line };
  delete own.normal;
  return own;
}
