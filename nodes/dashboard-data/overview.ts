import { severities, type Severity } from '../contract/alert.ts';
import type { DeviceState, OverviewPage, PortLine } from '../contract/pages.ts';
import { isUplink } from '../shared/match/port-kind.ts';
import type { BookedAlert } from './alert-book.ts';
import { attentionOf } from './alert-lines.ts';
import { isWithheld } from './alert-status.ts';
import { Best } from './best.ts';
import { type DrawnPort, trafficChart } from './charts.ts';
import { deviceStates } from './device-state.ts';
import { portsOf, rateOf } from './port-lines.ts';
import { baseOf, deviceLine, type Looked, type Network, type View } from './view.ts';

const mostAttention = 20;
const mostLines = 20;
const mostBusy = 8;
const mostCells = 500;
const mostDrawn = 6;

/** The whole network on one page; yields after each device. */
export function* overviewPage(network: Network, view: View): Generator<void, OverviewPage> {
  const { devices, firing } = network;
  const ports = new PortRanks(view);
  const months: number[] = [];
  const hasMany = devices.filter(({ record }) => record.ports.size > 0).length > 1;
  for (const { record, title } of devices) {
    for (const port of portsOf(record, view.busyShare, view.now)) {
      if (port.isVirtual) continue;
      ports.take({ port, name: hasMany ? `${title} ${port.name}` : port.name });
    }
    const month = view.availability(record)?.month ?? null;
    if (month !== null) months.push(month);
    yield;
  }
  const of = (isCheck: boolean) => devices.filter(({ kind }) => (kind === 'check') === isCheck);
  return {
    ...{ ...baseOf(view, devices), page: 'overview' },
    counts: {
      devices: countStates(of(false)),
      checks: countStates(of(true)),
      ...countAlerts(firing),
    },
    uplink: ports.uplink,
    availability30: availability30(months),
    ...attentionOf(network, view, mostAttention),
    grid: devices.slice(0, mostCells).map(({ record, title, verdict, kind }) => ({
      ...{ name: record.name, title, state: verdict.state, kind },
    })),
    traffic: trafficChart(ports.mostTraffic, view),
    busiest: ports.busiest,
    lines: devices.slice(0, mostLines).map((looked) => deviceLine(looked, view)),
  };
}

function countStates(devices: readonly Looked[]): Record<DeviceState, number> {
  return Object.fromEntries(
    deviceStates.map((state) => [
      state,
      devices.filter(({ verdict }) => verdict.state === state).length,
    ]),
  ) as Record<DeviceState, number>;
}

function countAlerts(
  firing: readonly BookedAlert[],
): Pick<OverviewPage['counts'], 'alerts' | 'acknowledged' | 'withheld'> {
  const told = firing.filter(({ status }) => !isWithheld(status));
  const open = told.filter(({ status }) => !status?.acknowledged);
  return {
    alerts: Object.fromEntries(
      severities.map((severity) => [
        severity,
        open.filter((alert) => alert.severity === severity).length,
      ]),
    ) as Record<Severity, number>,
    acknowledged: told.length - open.length,
    withheld: firing.length - told.length,
  };
}

function availability30(months: readonly number[]): number | null {
  if (months.length === 0) return null;
  const mean = months.reduce((sum, one) => sum + one, 0) / months.length;
  // Rounded down: 100 is said only of what never failed.
  return Math.floor(mean * 1000 + 1e-6) / 1000;
}

interface Ranked {
  drawn: DrawnPort;
  rank: number;
}

/** What an overview has of all ports, which come one by one. */
class PortRanks {
  readonly #view: View;
  readonly #uplinks: DrawnPort[] = [];
  readonly #fastest = new Best<Ranked>(1, byRank);
  readonly #carried = new Best<Ranked>(mostDrawn, byRank);
  readonly #used = new Best<PortLine>(
    mostBusy,
    (a, b) => (b.utilization ?? 0) - (a.utilization ?? 0) || rateOf(b) - rateOf(a),
  );

  constructor(view: View) {
    this.#view = view;
  }

  take(drawn: DrawnPort): void {
    const { port } = drawn;
    if (port.inRate !== null || port.outRate !== null) {
      this.#fastest.take({ drawn, rank: rateOf(port) });
      if (isUplink(port.alias)) this.#uplinks.push(drawn);
    }
    if (rateOf(port) > 0) this.#used.take(port);
    const rank = carriedBy(port, this.#view);
    if (rank > 0) this.#carried.take({ drawn, rank });
  }

  get uplink(): OverviewPage['uplink'] {
    const [fastest] = this.#fastest.items;
    if (!fastest) return null;
    const shown = this.#uplinks.length > 0 ? this.#uplinks : [fastest.drawn];
    const sum = (value: (port: PortLine) => number | null) =>
      shown.reduce((total, { port }) => total + (value(port) ?? 0), 0);
    const shares = shown.flatMap(({ port: { utilization } }) => utilization ?? []);
    const [first] = shown as [DrawnPort];
    return {
      title: shown.length > 1 ? this.#view.words.uplinks : (first.port.alias ?? first.name),
      inRate: sum(({ inRate }) => inRate),
      outRate: sum(({ outRate }) => outRate),
      utilization: shares.length > 0 ? Math.max(...shares) : null,
    };
  }

  /** Those that carried most in the last hour: of the moment, lines would come and go. */
  get mostTraffic(): DrawnPort[] {
    return this.#carried.items.map(({ drawn }) => drawn);
  }

  get busiest(): PortLine[] {
    return this.#used.items.map((port) => withCurve(port, this.#view));
  }
}

function byRank(a: Ranked, b: Ranked): number {
  return b.rank - a.rank;
}

/** bit/s in and out in the last hour */
function carriedBy(port: PortLine, { state }: View): number {
  const series = state.devices.get(port.device)?.ports.get(port.name)?.series;
  const mean = (metric: string) => series?.get(metric)?.recent?.mean ?? 0;
  return mean('in_rate') + mean('out_rate');
}

/** A port with the small curve of what it carries. */
export function withCurve(port: PortLine, { state, curves }: View): PortLine {
  const series = state.devices.get(port.device)?.ports.get(port.name)?.series;
  const rates = [series?.get('in_rate'), series?.get('out_rate')].filter((one) => !!one);
  const sparkline = curves.sparkline(rates);
  return { ...port, ...(sparkline && { sparkline }) };
}
