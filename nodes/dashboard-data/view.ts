import type {
  Availability,
  DeviceLine,
  PageBase,
  Timeline,
  TrafficShare,
  WeekLine,
} from '../contract/pages.ts';
import { byName } from '../shared/natural-order.ts';
import type { BookedAlert } from './alert-book.ts';
import { alertPasts, type KeptAlert } from './alert-past.ts';
import type { DeviceConfiguration } from './configuration-pages.ts';
import type { Curves } from './curves.ts';
import type { DeviceRecord, Moment } from './device-record.ts';
import { deviceStates, kindOf, titleOf, type Verdict } from './device-state.ts';
import type { NetworkState } from './network-state.ts';
import type { PastSuspect } from './past-suspects.ts';
import type { Words } from './words.ts';

/** What pages are made of. */
export interface View {
  state: NetworkState;
  now: Moment;
  curves: Curves;
  words: Words;
  /** % of a port's speed above which it is busy */
  busyShare: number;
  /** of a device; undefined where nothing is known of it */
  availability: (record: DeviceRecord) => Availability | undefined;
  hasHistory: boolean;
  hasConfigurations: boolean;
  hasTraffic: boolean;
  /** what a history has of alerts in the period */
  keptAlerts: readonly KeptAlert[];
  /** of the device that the page is about, where some are kept */
  configuration?: DeviceConfiguration | undefined;
  /** what stood out of the device that the page is about, or of its port */
  suspects?: readonly PastSuspect[] | undefined;
  /** how lines of the device that the page is about were used in the last weeks */
  weeks?: WeekLine[] | undefined;
  /** who uses the port that the page is about, where flows tell that */
  talkers?: TrafficShare[] | undefined;
  /** of the page for others */
  status: { title: string; shows: (name: string) => boolean };
}

/** A device as it is judged now. */
export interface Looked {
  record: DeviceRecord;
  verdict: Verdict;
  kind: DeviceLine['kind'];
  title: string;
}

/** The network as it is now. */
export interface Network {
  /** the worst first, then by title */
  devices: Looked[];
  /** the worst first */
  firing: readonly BookedAlert[];
}

/** titles that a chooser offers */
const mostChoices = 1000;

/** Looks at all devices; yields after each. */
export function* lookAround({ state, now }: View): Generator<void, Network> {
  const { firing } = state.alerts;
  const byDevice = Map.groupBy(firing, ({ labels }) => labels.device);
  const devices: Looked[] = [];
  for (const record of state.devices.values()) {
    const verdict = state.noteWith(record, byDevice.get(record.name) ?? [], now);
    devices.push({ record, verdict, kind: kindOf(record), title: titleOf(record) });
    yield;
  }
  const rank = ({ verdict }: Looked) => deviceStates.indexOf(verdict.state);
  devices.sort((a, b) => rank(a) - rank(b) || byName(a.title, b.title));
  return { devices, firing };
}

/** What every page has. */
export function baseOf(
  { state, now, curves, hasHistory, hasConfigurations, hasTraffic }: View,
  devices: readonly Looked[],
): PageBase {
  const { interval, lastReading } = state;
  return {
    ...{ time: now.date, period: curves.period, compare: curves.compare },
    ...(interval !== undefined && { interval }),
    ...{ lastReading, hasHistory },
    ...(hasConfigurations && { hasConfigurations }),
    ...(hasTraffic && { hasTraffic }),
    devices: devices.slice(0, mostChoices).map(({ record: { name }, title, verdict }) => ({
      ...{ name, title, state: verdict.state },
    })),
  };
}

/** What was firing in the period, of some alerts. @param most lines */
export function timelineOf(
  { state, curves, keptAlerts }: View,
  most: number,
  isAbout: (labels: Record<string, string>) => boolean = () => true,
): Timeline {
  const from = curves.start;
  return { from, alerts: alertPasts(state.alerts, keptAlerts, { from, most }, isAbout) };
}

/** A device as lists show it. */
export function deviceLine({ record, verdict, kind, title }: Looked, view: View): DeviceLine {
  const { state, loss } = verdict;
  const isHeard = state !== 'down' && state !== 'unknown';
  const detail = view.words.detail(record, kind);
  const reason = loss === undefined ? verdict.reason : view.words.loss(loss);
  const availability = view.availability(record);
  return {
    ...{ name: record.name, title, kind, state },
    since: record.judged?.since ?? null,
    ...(detail !== undefined && { detail }),
    ...(reason !== undefined && { reason }),
    // How long it takes to be refused says nothing.
    responseTime: isHeard ? (record.value('latency') ?? record.value('poll_duration')) : null,
    packetLoss: record.isSilent(view.now) ? null : record.value('packet_loss'),
    ...(availability && { availability }),
  };
}
