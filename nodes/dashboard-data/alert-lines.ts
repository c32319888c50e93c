import { type Alert, severities } from '../contract/alert.ts';
import { readUnit, readValue } from '../contract/metrics.ts';
import type { AlertLine, AlertStatus } from '../contract/pages.ts';
import { seriesKey } from '../contract/reading.ts';
import type { BookedAlert } from './alert-book.ts';
import { isWithheld } from './alert-status.ts';
import type { Series } from './device-record.ts';
import type { NetworkState } from './network-state.ts';
import type { Looked, Network, View } from './view.ts';

/** The series that an alert is about; undefined where nothing is known of it. */
function seriesOf(state: NetworkState, alert: Alert): Series | undefined {
  const { device = '', interface: port } = alert.labels;
  const record = state.devices.get(device);
  if (!record) return undefined;
  if (port !== undefined) return record.ports.get(port)?.series.get(alert.metric);
  return record.series.get(alert.metric)?.get(seriesKey(alert.metric, alert.labels));
}

/** An alert as lists show it. */
export function alertLine(alert: BookedAlert, { state, curves }: View): AlertLine {
  const { fingerprint, name, severity, startsAt, endsAt, summary } = alert;
  const { metric, unit, labels, status } = alert;
  const read = (value: number | null) => (value === null ? null : readValue(metric, value, unit));
  const series = seriesOf(state, alert);
  const sparkline = series && curves.sparkline([series]);
  return {
    ...{ fingerprint, name, severity, state: alert.state, device: labels.device ?? '' },
    ...(labels.interface !== undefined && { interface: labels.interface }),
    ...{ summary, startsAt, ...(endsAt !== undefined && { endsAt }) },
    ...{ value: read(alert.value), threshold: read(alert.threshold) },
    unit: readUnit(metric, unit).unit,
    ...(sparkline && { sparkline }),
    ...(status && { status: statusInWords(status, state), labels }),
    ...(alert.suspects && { suspects: alert.suspects }),
  };
}

function statusInWords(status: AlertStatus, { alerts }: NetworkState): AlertStatus {
  const said = (fingerprint: string) => alerts.find(fingerprint)?.summary ?? fingerprint;
  return { ...status, inhibitedBy: status.inhibitedBy.map(said) };
}

/**
 * What wants somebody: the alerts that fire and are not withheld, and devices that are down without one; the worst
 * first, and last what somebody has seen.
 */
export function attentionOf(
  { devices, firing }: Network,
  view: View,
  most: number,
): { attention: AlertLine[]; attentionLeft: number } {
  const known = new Set(
    firing.filter(({ metric }) => metric === 'device_up').map(({ labels }) => labels.device),
  );
  const down = devices.filter(
    ({ verdict, record }) => verdict.state === 'down' && !known.has(record.name),
  );
  const told = firing.filter(({ status }) => !isWithheld(status));
  const all: (BookedAlert | Looked)[] = [...told, ...down];
  all.sort((a, b) => rank(b) - rank(a) || begin(b) - begin(a));
  return {
    attention: all
      .slice(0, most)
      .map((one) => (isAlert(one) ? alertLine(one, view) : downLine(one, view))),
    attentionLeft: Math.max(0, all.length - most),
  };
}

function isAlert(one: BookedAlert | Looked): one is BookedAlert {
  return 'fingerprint' in one;
}

function rank(one: BookedAlert | Looked): number {
  if (isAlert(one) && one.status?.acknowledged) return -1;
  return isAlert(one) ? severities.indexOf(one.severity) : severities.indexOf('critical');
}

function begin(one: BookedAlert | Looked): number {
  return isAlert(one) ? one.startsAt : (one.record.judged?.seen ?? 0);
}

function downLine(looked: Looked, { words }: View): AlertLine {
  const { record, title, verdict } = looked;
  return {
    ...{ fingerprint: `down ${record.name}`, name: words.noAnswer, severity: 'critical' },
    ...{ state: 'firing', device: record.name, summary: words.down(title, verdict.reason) },
    ...{ startsAt: begin(looked), value: 0, threshold: null, unit: '1' },
  };
}
