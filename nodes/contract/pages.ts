/**
 * What the pages of Netmon's dashboard show, as plain JSON: made by the node "dashboard data", drawn by the elements
 * in the browser. Times are ms since the Unix epoch, rates bit/s, shares 0 to 100 %, unless a `unit` says otherwise.
 * What is not known is null or missing, never 0. Names and texts are those of devices: whoever draws them sets them as
 * text.
 */

import type { AlertState, Severity } from './alert.ts';
import type { ChangeEvent } from './change-event.ts';
import type { Change, Suspect } from './changes.ts';

/**
 * A device as a whole. `degraded`: answers, but beyond a limit, with packets lost or with a firing warning;
 * `unknown`: silent for longer than three of its intervals.
 */
export type DeviceState = 'up' | 'degraded' | 'down' | 'maintenance' | 'unknown';
/** A port. `lost-link`: had one and lost it; `no-link`: never had one; `busy`: up, above the busy share. */
export type PortState = 'up' | 'busy' | 'lost-link' | 'no-link' | 'switched-off' | 'unknown';

export const periods = ['1h', '6h', '24h', '7d', '30d'] as const;
/** How far charts and small curves look back. */
export type Period = (typeof periods)[number];
export const comparisons = ['none', 'yesterday', 'last-week'] as const;
/** What charts show palely beside their lines. */
export type Comparison = (typeof comparisons)[number];

export const pageNames = [
  'overview',
  'devices',
  'device',
  'port',
  'checks',
  'alerts',
  'changes',
  'configurations',
  'configuration',
  'traffic',
  'status',
] as const;

/**
 * What an element asks the node for: the payload of a message. The answer is a {@link Page} with the same `page`, or
 * with `none` where there is nothing of that name, and the same `request`, by which a browser knows its own answers.
 */
export type PageRequest = { period?: Period; compare?: Comparison; request?: string } & (
  | { page: 'overview' | 'checks' | 'alerts' | 'devices' | 'status' }
  | { page: 'configurations'; search?: string; isExpression?: boolean }
  | { page: 'configuration'; device: string; version?: number; before?: number; isWhole?: boolean }
  | { page: 'device'; device: string }
  | { page: 'port'; device: string; interface: string }
  | TrafficRequest
  | ChangesRequest
);

export const changeSpans = ['15m', '1h', '6h', '24h'] as const;
/** How much of the time until now is compared with the time before it. */
export type ChangeSpan = (typeof changeSpans)[number];

/** What changed in a span, the last hour where none is named, or around an alert. */
export interface ChangesRequest {
  page: 'changes';
  span?: ChangeSpan;
  /** its fingerprint */
  alert?: string;
}

/**
 * The traffic of an exporter of flows, the busiest one where none is named, and of one of its interfaces or all; of one
 * address; around a time, else until now.
 */
export interface TrafficRequest {
  page: 'traffic';
  device?: string;
  interface?: string;
  address?: string;
  /** ms since the Unix epoch */
  at?: number;
}

export type Page =
  | OverviewPage
  | DevicesPage
  | ChecksPage
  | AlertsPage
  | ConfigurationsPage
  | ConfigurationPage
  | DevicePage
  | PortPage
  | TrafficPage
  | ChangesPage
  | StatusPage
  | NoPage;

/** In every page. */
export interface PageBase {
  /** which request it answers; missing where nobody asked */
  request?: string;
  /** when it was made */
  time: number;
  period: Period;
  compare: Comparison;
  /** how often readings come, ms; undefined until two came */
  interval?: number;
  /** when the last readings came */
  lastReading: number | null;
  /** false: only what came since the start can be shown */
  hasHistory: boolean;
  /** whether configurations of devices are kept */
  hasConfigurations?: true;
  /** whether flows were told of */
  hasTraffic?: true;
  /** for the chooser, worst first, then by name */
  devices: { name: string; title: string; state: DeviceState }[];
}

/** A small curve: equal steps from `start`, `step` ms each; null is a gap. */
export interface Sparkline {
  start: number;
  step: number;
  values: (number | null)[];
}

/** A line of a chart: times ascending, null is a gap. min and max of each step where steps are wide. */
export interface Line {
  name: string;
  /** stable over pages and restarts: what the colour is taken from. In and out of one port share theirs */
  key: string;
  role: 'in' | 'out' | 'value';
  unit: string;
  times: number[];
  /** the mean of each step, or the readings themselves where steps hold one at most */
  values: (number | null)[];
  min?: (number | null)[];
  max?: (number | null)[];
  /** between what it usually is at those times, where the node trend told that */
  normal?: { low: (number | null)[]; high: (number | null)[] };
  last: number | null;
  mean: number | null;
  highest: number | null;
  /** for links: a twentieth of the time there was more */
  percentile95?: number | null;
  /** stands for all that have no line of their own */
  isOther?: true;
  /** the same line at the time compared with, moved to this time */
  before?: { times: number[]; values: (number | null)[] };
}

/** A limit of a rule, drawn on the side of its direction where a chart is mirrored. */
export interface ChartLimit {
  value: number;
  severity: Severity;
  rule: string;
  role?: 'in' | 'out';
}

export interface Chart {
  title: string;
  unit: string;
  /** `in` is drawn above zero and `out` below */
  isMirrored: boolean;
  /** lines of the same times are areas upon each other, the first one lowest */
  isStacked?: true;
  lines: Line[];
  /** limits of rules on these metrics, in `unit` */
  limits: ChartLimit[];
  /** moments worth a mark: a restart, an alert's start */
  marks: { time: number; text: string }[];
}

/** A piece of a history bar (see shared/history/availability.ts). */
export interface BarSlice {
  start: number;
  end: number;
  state: DeviceState;
  percent: number | null;
}

/**
 * How an alert-manager deals with an alert: who has seen it, and why nobody is told of it. The names are those of
 * Alertmanager's API.
 */
export interface AlertStatus {
  acknowledged?: { by: string; comment: string; at: number };
  isFlapping: boolean;
  /** ids of silences */
  silencedBy: string[];
  /** when the last of them ends */
  silencedUntil?: number;
  /** fingerprints of other alerts; in a page what each of them says */
  inhibitedBy: string[];
  /** names of maintenance windows */
  maintainedBy: string[];
  /** the parents that are down */
  unreachableBy: string[];
}

/** What an element asks an alert-manager to do: `command` and `payload` of a message. */
export type AlertCommand =
  | { command: 'acknowledge'; payload: { fingerprint: string; by: string; comment: string } }
  | { command: 'unacknowledge'; payload: { fingerprint: string } }
  | {
      command: 'silence';
      payload: {
        matchers: { name: string; value: string }[];
        /** s */
        duration: number;
        createdBy: string;
        comment: string;
      };
    }
  | { command: 'expire'; payload: { id: string } };

/** An alert as lists show it. */
export interface AlertLine {
  fingerprint: string;
  /** the rule */
  name: string;
  severity: Severity;
  state: AlertState;
  /** empty where the alert is about no device */
  device: string;
  interface?: string;
  summary: string;
  startsAt: number;
  endsAt?: number;
  value: number | null;
  threshold: number | null;
  unit: string;
  sparkline?: Sparkline;
  /** where an alert-manager deals with it */
  status?: AlertStatus;
  /** that tell it from others: what a silence is made of; where there is a status */
  labels?: Record<string, string>;
  /** what changed at that time, where somebody looked for it */
  suspects?: Suspect[];
}

/** When an alert was firing; without an end where it still is. */
export interface AlertSpan {
  start: number;
  end?: number;
  /** when somebody had seen it */
  acknowledged?: number;
}

/** What was firing in the period, which begins at `from`; what began last comes first. */
export interface Timeline {
  from: number;
  alerts: AlertPast[];
}

/** When one alert was firing in the period. */
export interface AlertPast extends Pick<
  AlertLine,
  'name' | 'severity' | 'device' | 'interface' | 'summary'
> {
  /** ascending; the first may begin before the period */
  spans: AlertSpan[];
}

/** How available a device was. */
export interface Availability {
  /** the last 24 hours */
  slices: BarSlice[];
  /** % of the last 24 hours */
  day: number | null;
  /** % of the last 30 days */
  month: number | null;
}

/** A device or a check of a service in a list. */
export interface DeviceLine {
  name: string;
  /** the name that the device gives itself, or `name` */
  title: string;
  kind: 'device' | 'check' | 'host';
  state: DeviceState;
  /** since when */
  since: number | null;
  /** model or what is checked, "Cisco C2960X", "HTTPS, certificate 61 days" */
  detail?: string;
  /** why it is not up */
  reason?: string;
  /** ms */
  responseTime: number | null;
  /** % */
  packetLoss: number | null;
  availability?: Availability;
}

export interface PortLine {
  device: string;
  name: string;
  alias?: string;
  state: PortState;
  since: number | null;
  /** its place in the order of the device, from 0 */
  index: number;
  /** loopback, VLAN, tunnel, aggregate: not drawn as a port, not counted in sums */
  isVirtual: boolean;
  speed: number | null;
  inRate: number | null;
  outRate: number | null;
  inUtilization: number | null;
  outUtilization: number | null;
  /** the larger of the two */
  utilization: number | null;
  /** errors per packet, 0 to 1 */
  errorRate: number | null;
  discardRate: number | null;
  /** in and out together */
  sparkline?: Sparkline;
}

export interface OverviewPage extends PageBase {
  page: 'overview';
  /** one glance: devices with hosts, checks, and firing alerts that nobody has acknowledged and that are not withheld */
  counts: {
    devices: Record<DeviceState, number>;
    checks: Record<DeviceState, number>;
    alerts: Record<Severity, number>;
    /** those that somebody has seen */
    acknowledged: number;
    /** those of which nobody is told: silenced, inhibited, in maintenance or unreachable */
    withheld: number;
  };
  /** all in and out rates of physical ports that are uplinks, or of the busiest one; null where nothing has ports */
  uplink: { title: string; inRate: number; outRate: number; utilization: number | null } | null;
  /** %: the mean of all devices and checks */
  availability30: number | null;
  /** firing alerts that are not withheld and devices that are down, worst first, acknowledged last, at most 20 */
  attention: AlertLine[];
  /** how many more there are */
  attentionLeft: number;
  grid: { name: string; title: string; state: DeviceState; kind: DeviceLine['kind'] }[];
  traffic: Chart | null;
  /** by utilization, then by rate */
  busiest: PortLine[];
  /** the worst first, at most 20 */
  lines: DeviceLine[];
}

export interface DevicesPage extends PageBase {
  page: 'devices';
  lines: (DeviceLine & {
    /** physical ones with a link */
    portsUp: number | null;
    ports: number | null;
    /** %, as the next */
    cpu: number | null;
    memory: number | null;
  })[];
}

export interface ChecksPage extends PageBase {
  page: 'checks';
  lines: DeviceLine[];
}

export interface AlertsPage extends PageBase {
  page: 'alerts';
  /** worst first, then newest first */
  active: AlertLine[];
  /** newest first */
  ended: AlertLine[];
  timeline: Timeline;
}

/** A share of a device that is used up, such as its memory, or a temperature. */
export interface Gauge {
  metric: string;
  /** "/data", "CPU 1" where there are several */
  title?: string;
  value: number;
  unit: string;
  /** that of a firing alert on it */
  severity: 'ok' | Severity;
  sparkline?: Sparkline;
}

export interface DevicePage extends PageBase {
  page: 'device';
  line: DeviceLine;
  /** whether its configurations are kept */
  hasConfiguration?: true;
  /** one line: "Cisco C2960X · rack 2 · up 100 days" is made by the element of these */
  facts: {
    model?: string;
    location?: string;
    address?: string;
    protocol?: string;
    /** s */
    uptime?: number;
    /** a time */
    lastPoll?: number;
  };
  gauges: Gauge[];
  ports: PortLine[];
  alerts: AlertLine[];
  timeline: Timeline;
  charts: Chart[];
  /** how its lines were used in the last 7 days, where a history has told that */
  weeks?: WeekLine[];
}

/** A direction of a line over the last 7 days, bit/s. */
export interface WeekLine {
  name: string;
  role: 'in' | 'out';
  mean: number;
  /** of the mean against the 7 days before, %; null where that is not known */
  change: number | null;
  /** of means of 5 minutes */
  percentile95: number;
  highest: number;
}

export interface PortPage extends PageBase {
  page: 'port';
  port: PortLine;
  charts: Chart[];
  alerts: AlertLine[];
  /** who uses it most, where flows tell that */
  talkers?: TrafficShare[];
}

/** A part of traffic: its mean over the period. */
export interface TrafficShare {
  /** an address, "https"; of a conversation who sends. Empty where it stands for all others */
  name: string;
  /** of a conversation who gets it */
  to?: string;
  isOther?: true;
  /** bit/s */
  rate: number;
  /** of all traffic of these interfaces */
  share: number | null;
}

/** Traffic by one subject. */
export interface TrafficPart {
  subject: 'protocol' | 'application' | 'talker' | 'conversation' | 'as' | 'country';
  /** the largest first, all others last */
  shares: TrafficShare[];
  /** the same over time, where that is shown */
  chart?: Chart;
  /** bit/s by which a rate may be too high, where they are estimated */
  errorBound?: number;
}

/** Who sends to whom. Empty names stand for all others. */
export interface TrafficMatrix {
  sources: string[];
  destinations: string[];
  /** places in both, and bit/s; the largest first */
  cells: { from: number; to: number; rate: number }[];
}

/** What is known of one address. */
export interface TrafficSearch {
  address: string;
  /** whether it was among the largest at any time of the period */
  isFound: boolean;
  /** bit/s, the mean and the most of a step; null where only its conversations are known */
  rate: number | null;
  highest: number | null;
  /** B */
  volume: number | null;
  /** all of it, or what it sent and got in conversations */
  chart?: Chart;
  /** the other ends of its conversations, the largest first; bit/s */
  peers: { name: string; sent: number | null; received: number | null }[];
  /** others whose names have the text in them */
  similar: string[];
}

export interface TrafficPage extends PageBase {
  page: 'traffic';
  /** those of which anything is known, the busiest first, with their interfaces likewise */
  exporters: { name: string; title: string; interfaces: string[] }[];
  /** the exporter that is shown; null where there is none */
  device: string | null;
  /** all of them where missing */
  interface?: string;
  /** the time asked for, and what is shown */
  at?: number;
  from: number;
  to: number;
  /** bit/s, the mean and the most of a step */
  rate: number | null;
  highest: number | null;
  /** B, about */
  volume: number | null;
  /** the factor of counts that were sampled */
  sampled?: number;
  parts: TrafficPart[];
  between?: TrafficMatrix;
  search?: TrafficSearch;
}

/** A series that changed, with its curve from the time before to the end of the span. */
export interface ChangeLine extends Change {
  curve: Sparkline;
}

export interface ChangesPage extends PageBase {
  page: 'changes';
  /** the span that was chosen; missing around an alert */
  span?: ChangeSpan;
  alert?: Pick<
    AlertLine,
    'fingerprint' | 'name' | 'severity' | 'state' | 'device' | 'interface' | 'summary' | 'startsAt'
  >;
  /** whether the alert's own series is kept */
  isOwnKnown?: boolean;
  /** what was looked at, and where the time before begins */
  before: number;
  from: number;
  to: number;
  /** ms: as exact as times are */
  step: number;
  /** series that have anything, those that could be compared, and those that changed */
  series: number;
  compared: number;
  changed: number;
  /** the largest first */
  lines: ChangeLine[];
  /** in order of time, and how many more there are */
  events: ChangeEvent[];
  eventsLeft: number;
  /** why nothing could be looked at, for people */
  problem?: string;
}

/** A device whose configurations are kept. */
export interface ConfigurationLine {
  device: string;
  title: string;
  /** when it was fetched last, whether it had changed or not */
  fetchedAt: number | null;
  /** of its newest version */
  changedAt: number | null;
  versions: number;
  /** since when the one in use differs from the saved one; null where it does not, missing where nobody knows */
  unsavedSince?: number | null;
  /** that and why the last try came to nothing */
  failed?: { time: number; reason: string };
}

/** One version of a configuration. */
export interface VersionLine {
  id: number;
  /** when it was fetched first */
  time: number;
  /** bytes */
  size: number;
  /** the version before it; missing in the first one that is kept */
  before?: number;
  /** lines that it has and the one before has not, and the other way round */
  added: number;
  removed: number;
  /** in the device's words */
  changedBy?: string;
}

/** Where a search found something. */
export interface ConfigurationHit {
  device: string;
  title: string;
  version: VersionLine;
  /** the first few; numbers from 1 */
  lines: { number: number; text: string }[];
  /** of all lines that fit */
  count: number;
}

export interface ConfigurationsPage extends PageBase {
  page: 'configurations';
  lines: ConfigurationLine[];
  /** why nothing can be read, for people */
  problem?: string;
  search?: {
    text: string;
    isExpression: boolean;
    /** in the newest version of each device */
    hits: ConfigurationHit[];
    /** whether there may be more */
    isPartial: boolean;
    /** what is wrong with it, for people */
    problem?: string;
  };
}

/** Lines that changed, with a few around them. */
export interface DiffHunk {
  /** numbers of the first line in the text before and in the one after, from 1 */
  from: number;
  to: number;
  /** each begins with a blank, `-` or `+` */
  lines: string[];
}

/** What two texts differ in. */
export interface TextDiff {
  added: number;
  removed: number;
  hunks: DiffHunk[];
  /** lines of hunks that are left out */
  omitted: number;
  /** whether to compare them took too long */
  isTooLarge: boolean;
}

/** One device's configuration: a version compared with another one, or as a whole. */
export interface ConfigurationPage extends PageBase {
  page: 'configuration';
  line: ConfigurationLine;
  /** the newest first, and how many older ones are left out */
  versions: VersionLine[];
  olderLeft: number;
  shown: VersionLine;
  /** what it is compared with */
  compared?: VersionLine;
  diff?: TextDiff;
  /** of the newest version: what it has and the saved configuration has not (added), and the other way round */
  unsaved?: TextDiff;
  /** as a whole, where that was asked for or nothing is before it */
  text?: string;
  /** lines of it that are left out, for there are too many */
  textLeft?: number;
}

/** For others to see: no addresses, no controls. `name` is a title too. */
export interface StatusPage extends PageBase {
  page: 'status';
  title: string;
  lines: DeviceLine[];
}

/** What was asked for is not known. */
export interface NoPage extends PageBase {
  page: 'none';
  /** the device or port, or what is wrong with the request */
  asked: string;
}
