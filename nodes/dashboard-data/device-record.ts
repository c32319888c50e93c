import type { DeviceState } from '../contract/pages.ts';
import { type Reading, seriesKey } from '../contract/reading.ts';
import { byName } from '../shared/natural-order.ts';
import { RecentPoints } from './recent-points.ts';
import { UptimeMemory } from './uptime-memory.ts';

/** When something came: on a clock that only goes on, and by the time of day, both in ms. */
export interface Moment {
  steady: number;
  /** since the Unix epoch */
  date: number;
}

/** The newest reading of a series, and its last hour. */
export interface Series {
  key: string;
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info: Record<string, string> | undefined;
  value: number;
  at: Moment;
  /** missing where its past is shown nowhere */
  recent: RecentPoints | undefined;
}

/** What is kept of a port from reading to reading. */
export interface Port {
  name: string;
  /** by metric */
  series: Map<string, Series>;
  /** whether it was ever seen with a link */
  hadLink: boolean;
  /** whether it has a link now; undefined until that is told */
  isUp: boolean | undefined;
  /** since when, ms since the Unix epoch; null where it has been so since it was first seen */
  since: number | null;
}

/** Series of which the last hour is kept. */
const drawn = new Set([
  ...['in_rate', 'out_rate', 'utilization', 'error_rate', 'discard_rate', 'in_packets'],
  ...['out_packets', 'cpu_usage', 'memory_usage', 'swap_usage', 'disk_usage', 'temperature'],
  ...['latency', 'packet_loss', 'poll_duration', 'load_average', 'ntp_offset'],
]);

/** ms after which a device of which but one message came is silent */
const usualSilence = 15 * 60_000;
/** ms between two messages of one poll at most: they may come reading by reading */
const samePoll = 900;
/** ms of silence that mean nothing: a busy machine is late */
const leastSilence = 15_000;
const intervalsKept = 5;

/** All that is known of one device. */
export class DeviceRecord {
  readonly name: string;
  /** those of `device_up`, or of the first reading */
  labels: Record<string, string>;
  /** by metric, then by the series' key: those without a port */
  readonly series = new Map<string, Map<string, Series>>();
  readonly ports = new Map<string, Port>();
  readonly uptime = new UptimeMemory();
  /** when a restart was seen, ms since the Unix epoch */
  readonly restarts: number[] = [];
  lastSeen: Moment;
  /** how it was last judged, and since when; null where it has been so since it was first seen */
  judged: { state: DeviceState; since: number | null; seen: number } | undefined;
  /** its ports in its own order, until there are others */
  #inOrder: Port[] | undefined;
  #count = 0;
  #intervals: number[] = [];
  /** ports that had a link before a restart, and were not heard of since */
  #linkedBefore = new Set<string>();

  constructor(name: string, labels: Record<string, string>, now: Moment) {
    this.name = name;
    this.labels = labels;
    this.lastSeen = now;
  }

  /** How many series it has. */
  get size(): number {
    return this.#count;
  }

  /** Its ports in its own order. */
  get portsInOrder(): readonly Port[] {
    return (this.#inOrder ??= [...this.ports.values()].sort((a, b) => byName(a.name, b.name)));
  }

  /** How often it is heard of, ms: the median of the last times; undefined until it was twice. */
  get interval(): number | undefined {
    return this.#intervals.toSorted((a, b) => a - b)[this.#intervals.length >> 1];
  }

  /** ms of silence after which nothing is known of it any more. */
  get silence(): number {
    if (this.#intervals.length === 0) return usualSilence;
    // A poll may be late.
    return Math.max(3 * Math.max(...this.#intervals), leastSilence);
  }

  isSilent(now: Moment): boolean {
    return now.steady - this.lastSeen.steady > this.silence;
  }

  /** Whether a value is of the present: it came with the last polls. */
  isFresh({ at }: Series): boolean {
    return this.lastSeen.steady - at.steady <= this.silence;
  }

  /** The newest of a metric's series without a port; undefined where there is none of the present. */
  latest(metric: string): Series | undefined {
    const [first] = this.all(metric);
    return first;
  }

  /** A metric's series of the present without a port. */
  all(metric: string): Series[] {
    return [...(this.series.get(metric)?.values() ?? [])].filter((one) => this.isFresh(one));
  }

  value(metric: string): number | null {
    return this.latest(metric)?.value ?? null;
  }

  /** Whether it cannot be reached, because all that leads to it is down, as alert manager tells. */
  get isUnreachable(): boolean {
    return (this.value('device_unreachable') ?? 0) > 0;
  }

  /** Notes that a message about it came. */
  hear(now: Moment): void {
    const passed = now.steady - this.lastSeen.steady;
    if (passed >= samePoll) {
      this.#intervals.push(passed);
      if (this.#intervals.length > intervalsKept) this.#intervals.shift();
    }
    this.lastSeen = now;
  }

  /** Takes a reading in. @param mayGrow whether another series may be kept; tells whether one came */
  take(reading: Reading, now: Moment, mayGrow: boolean): boolean {
    const { metric, labels, value } = reading;
    if (metric === 'device_up') {
      this.labels = labels;
      // While what leads to it is down, nothing is known of it.
      if (value > 0 || !this.isUnreachable) this.uptime.add(value > 0, now.date);
    } else if (metric === 'device_degraded' && value > 0) {
      this.uptime.degrade(now.date);
    } else if (metric === 'uptime') {
      this.#noteRestart(value, now);
    }
    const { interface: name } = labels;
    return name === undefined
      ? this.#takeOwn(reading, now, mayGrow)
      : this.#takePort(name, reading, now, mayGrow);
  }

  /** Takes in which ports had a link before a restart. */
  recall(linked: Iterable<string>): void {
    this.#linkedBefore = new Set(linked);
    for (const port of this.ports.values()) port.hadLink ||= this.#linkedBefore.delete(port.name);
  }

  /** Forgets what has not come for so many ms. */
  sweep(now: Moment, age: number): void {
    const isOld = ({ at }: Series) => now.steady - at.steady > age;
    const drop = (map: Map<string, Series>) => {
      for (const [key, one] of map) {
        if (!isOld(one)) continue;
        map.delete(key);
        this.#count--;
      }
      return map.size === 0;
    };
    for (const [metric, of] of this.series) if (drop(of)) this.series.delete(metric);
    for (const [name, { series }] of this.ports) {
      if (!drop(series)) continue;
      this.ports.delete(name);
      this.#inOrder = undefined;
    }
  }

  #takeOwn(reading: Reading, now: Moment, mayGrow: boolean): boolean {
    const key = seriesKey(reading.metric, reading.labels);
    const of = this.series.get(reading.metric) ?? new Map<string, Series>();
    const before = of.get(key);
    if (before) return update(before, reading, now);
    if (!mayGrow) return false;
    this.series.set(reading.metric, of.set(key, seriesOf(key, reading, now)));
    this.#count++;
    return true;
  }

  #takePort(name: string, reading: Reading, now: Moment, mayGrow: boolean): boolean {
    let port = this.ports.get(name);
    const before = port?.series.get(reading.metric);
    if (!before && !mayGrow) return false;
    if (!port) {
      const hadLink = this.#linkedBefore.delete(name);
      port = { name, series: new Map(), hadLink, isUp: undefined, since: null };
      this.ports.set(name, port);
      this.#inOrder = undefined;
    }
    if (reading.metric === 'interface_up') noteLink(port, reading.value > 0, now);
    if (before) return update(before, reading, now);
    const key = seriesKey(reading.metric, reading.labels);
    port.series.set(reading.metric, seriesOf(key, reading, now));
    this.#count++;
    return true;
  }

  #noteRestart(uptime: number, now: Moment): void {
    const before = this.latest('uptime')?.value;
    // It may wrap after 497 days.
    if (before === undefined || uptime >= before || before > 40e6) return;
    this.restarts.push(Math.round(now.date - uptime * 1000));
    if (this.restarts.length > 20) this.restarts.shift();
  }
}

function seriesOf(key: string, reading: Reading, now: Moment): Series {
  const { metric, labels, unit, info, value } = reading;
  const recent = drawn.has(metric) ? new RecentPoints() : undefined;
  recent?.add(value, now.date);
  return { key, metric, labels, unit, info, value, at: now, recent };
}

function update(series: Series, { value, info, unit }: Reading, now: Moment): false {
  series.value = value;
  series.info = info;
  series.unit = unit;
  series.at = now;
  series.recent?.add(value, now.date);
  return false;
}

function noteLink(port: Port, isUp: boolean, now: Moment): void {
  if (port.isUp !== undefined && port.isUp !== isUp) port.since = now.date;
  port.isUp = isUp;
  port.hadLink ||= isUp;
}
