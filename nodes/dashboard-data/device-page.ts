import type { DevicePage, DevicesPage, Gauge, PageBase, PortPage } from '../contract/pages.ts';
import { seriesKey } from '../contract/reading.ts';
import { alertLine } from './alert-lines.ts';
import { chartsOf, partOf, portCharts, trafficChart } from './charts.ts';
import type { DeviceRecord } from './device-record.ts';
import { checkOf, modelOf } from './device-state.ts';
import { withCurve } from './overview.ts';
import { portsOf, rateOf } from './port-lines.ts';
import { deviceLine, type Looked, timelineOf, type View } from './view.ts';

const gaugeMetrics = ['cpu_usage', 'memory_usage', 'swap_usage', 'temperature', 'disk_usage'];
const mostGauges = 12;
const mostEnded = 10;
const mostDrawn = 6;
/** lines of a time line */
const mostTimed = 10;
/** ports between two yields */
const stretch = 16;

type AlertLines = DevicePage['alerts'];

/** A device with its ports, its gauges and its charts; yields after each few ports. */
export function* devicePage(
  base: PageBase,
  looked: Looked,
  view: View,
): Generator<void, DevicePage> {
  const { record, title } = looked;
  const ports = portsOf(record, view.busyShare, view.now);
  const busiest = ports
    .filter(({ isVirtual }) => !isVirtual)
    .toSorted((a, b) => rateOf(b) - rateOf(a))
    .slice(0, mostDrawn)
    .map((port) => ({ port, name: port.name }));
  const drawn: DevicePage['ports'] = [];
  for (const port of ports) {
    drawn.push(port.isVirtual ? port : withCurve(port, view));
    if (drawn.length % stretch === 0) yield;
  }
  const traffic = trafficChart(busiest, view);
  const { info } = record.latest('uptime') ?? {};
  const model = modelOf(record);
  const protocol = record.latest('device_up')?.info?.protocol ?? checkOf(record);
  const uptime = record.value('uptime');
  return {
    ...{ ...base, page: 'device', line: deviceLine(looked, view) },
    ...(view.configuration?.device === record.name && { hasConfiguration: true }),
    facts: {
      ...(model !== undefined && { model }),
      ...(info?.location !== undefined && { location: info.location }),
      ...(title !== record.name && { address: record.name }),
      ...(protocol !== undefined && { protocol }),
      ...(uptime !== null && !record.isSilent(view.now) && { uptime }),
      lastPoll: record.lastSeen.date,
    },
    gauges: gaugesOf(record, view),
    ports: drawn,
    alerts: alertsOf(view, ({ device }) => device === record.name),
    timeline: timelineOf(view, mostTimed, ({ device }) => device === record.name),
    charts: [...(traffic ? [traffic] : []), ...chartsOf(record, view)],
    ...(view.weeks && view.weeks.length > 0 && { weeks: view.weeks }),
  };
}

/** One port; undefined where the device has none of that name. */
export function portPage(
  base: PageBase,
  { record }: Looked,
  name: string,
  view: View,
): PortPage | undefined {
  const port = portsOf(record, view.busyShare, view.now).find((one) => one.name === name);
  if (!port) return undefined;
  const traffic = trafficChart([{ port, name: port.name }], view);
  const { talkers } = view;
  return {
    ...{ ...base, page: 'port', port: withCurve(port, view), ...(talkers && { talkers }) },
    charts: [...(traffic ? [traffic] : []), ...portCharts(port, view)],
    alerts: alertsOf(view, (labels) => labels.device === record.name && labels.interface === name),
  };
}

/** What a list of devices has beside what is in every list. */
export function columnsOf(
  { record }: Looked,
  view: View,
): Omit<DevicesPage['lines'][number], keyof ReturnType<typeof deviceLine>> {
  const ports = portsOf(record, view.busyShare, view.now).filter(({ isVirtual }) => !isVirtual);
  const isUp = ({ state }: (typeof ports)[number]) => state === 'up' || state === 'busy';
  const isSilent = record.isSilent(view.now);
  return {
    portsUp: ports.length > 0 && !isSilent ? ports.filter(isUp).length : null,
    ports: ports.length > 0 ? ports.length : null,
    cpu: isSilent ? null : record.value('cpu_usage'),
    memory: isSilent ? null : record.value('memory_usage'),
  };
}

// Those of now, and the last that ended.
function alertsOf(view: View, isAbout: (labels: Record<string, string>) => boolean): AlertLines {
  const { active, ended } = view.state.alerts;
  const about = ({ labels }: (typeof active)[number]) => isAbout(labels);
  return [...active.filter(about), ...ended.filter(about).slice(0, mostEnded)].map((alert) =>
    alertLine(alert, view),
  );
}

function gaugesOf(record: DeviceRecord, { state, curves, now }: View): Gauge[] {
  if (record.isSilent(now)) return [];
  const severities = new Map(
    state.alerts.firing
      .toReversed()
      .map(({ metric, labels, severity }) => [seriesKey(metric, labels), severity]),
  );
  return gaugeMetrics
    .flatMap((metric) => record.all(metric))
    .slice(0, mostGauges)
    .map((series) => {
      const title = partOf(series);
      const sparkline = curves.sparkline([series]);
      return {
        ...{ metric: series.metric, value: series.value, unit: series.unit },
        ...(title !== undefined && { title }),
        severity: severities.get(series.key) ?? 'ok',
        ...(sparkline && { sparkline }),
      };
    });
}
