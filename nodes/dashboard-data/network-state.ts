import type { Alert } from '../contract/alert.ts';
import type { Reading } from '../contract/reading.ts';
import { isFlowMetric } from '../shared/traffic/subjects.ts';
import { AlertBook } from './alert-book.ts';
import { DeviceRecord, type Moment } from './device-record.ts';
import { judge } from './device-state.ts';
import { FlowMemory } from './traffic/flow-memory.ts';

const minute = 60_000;
/** ms of silence after which a device, or a series of one, is forgotten */
const forgetAfter = 24 * 60 * minute;
/** readings between two yields */
const stretch = 200;

export interface Bounds {
  devices: number;
  /** of all devices together */
  series: number;
}

const usualBounds: Bounds = { devices: 5000, series: 100_000 };

/** What is known of the network now: the newest reading of each series, by device and port, and the alerts. */
export class NetworkState {
  readonly alerts = new AlertBook();
  readonly flows = new FlowMemory();
  readonly #devices = new Map<string, DeviceRecord>();
  /** readings of `maintenance`, which may be of many devices, by their labels as JSON */
  readonly #maintained = new Map<string, Record<string, string>>();
  /** what was known before a restart, by device, until the device is heard of */
  #before = new Map<string, KeptDevice>();
  readonly #bounds: Bounds;
  #series = 0;
  #swept = -Infinity;
  #lastReading: number | null = null;

  constructor(bounds = usualBounds) {
    this.#bounds = bounds;
  }

  get devices(): ReadonlyMap<string, DeviceRecord> {
    return this.#devices;
  }

  /** When the last readings came, ms since the Unix epoch. */
  get lastReading(): number | null {
    return this.#lastReading;
  }

  /** ms after which readings come again: of the device that is asked most often. */
  get interval(): number | undefined {
    let least: number | undefined;
    for (const { interval } of this.#devices.values()) {
      if (interval !== undefined && !(interval >= least!)) least = interval;
    }
    return least === undefined ? undefined : Math.round(least);
  }

  /** Takes in what came together. */
  take(readings: readonly Reading[], now: Moment): void {
    const work = this.taking(readings, now);
    while (!work.next().done);
  }

  /** The same, a little at a time. Readings without a device say nothing of a network. */
  *taking(readings: readonly Reading[], now: Moment): Generator<void, void> {
    const heard = new Set<DeviceRecord>();
    for (const [i, reading] of readings.entries()) {
      if (i % stretch === stretch - 1) yield;
      const { device } = reading.labels;
      if (reading.metric === 'maintenance') this.#takeMaintenance(reading);
      if (isFlowMetric(reading.metric)) {
        // That a device tells of flows does not say how it is, nor that it is polled.
        this.flows.take(reading, now);
        this.#lastReading = now.date;
        continue;
      }
      if (device === undefined || device === '') continue;
      const record = this.#record(device, reading, now);
      if (!record) continue;
      if (!heard.has(record)) record.hear(now);
      heard.add(record);
      if (record.take(reading, now, this.#series < this.#bounds.series)) this.#series++;
      this.#lastReading = now.date;
    }
    for (const record of heard) {
      // Whoever tells of itself is there.
      if (!record.series.has('device_up')) record.uptime.add(true, now.date);
      this.note(record, now);
    }
    if (now.steady - this.#swept > minute) this.#sweep(now);
  }

  /** Forgets devices that nobody asks any more. */
  removeDevices(devices: ReadonlySet<string>): void {
    for (const name of devices) this.#forget(name);
    this.alerts.removeDevices(devices);
  }

  /** Whether somebody works on a device, so that what is wrong with it does not count. */
  isMaintained({ labels, name }: DeviceRecord): boolean {
    const all: Record<string, string> = { ...labels, device: name };
    const isWithin = (few: Record<string, string>) =>
      Object.entries(few).every(([label, value]) => all[label] === value);
    return [...this.#maintained.values()].some(isWithin);
  }

  /** Judges a device as it is now, and notes since when it is so. */
  note(record: DeviceRecord, now: Moment): ReturnType<typeof judge> {
    const firing = this.alerts.firing.filter(({ labels }) => labels.device === record.name);
    return this.noteWith(record, firing, now);
  }

  /** The same, where the alerts that fire on it are known. */
  noteWith(record: DeviceRecord, firing: readonly Alert[], now: Moment): ReturnType<typeof judge> {
    const verdict = judge(record, firing, this.isMaintained(record), now);
    const before = record.judged;
    if (before?.state !== verdict.state) {
      const changed = verdict.state === 'unknown' ? record.lastSeen.date : now.date;
      record.judged = { state: verdict.state, since: before ? changed : null, seen: changed };
    }
    return verdict;
  }

  /** What is worth keeping over a restart. */
  keep(): KeptState {
    const devices = [...this.#devices.values()].map((record): KeptDevice => {
      const linked = [...record.ports.values()].filter(({ hadLink }) => hadLink);
      return {
        name: record.name,
        ...(record.judged && { state: record.judged.state, since: record.judged.since }),
        linked: linked.map(({ name }) => name),
      };
    });
    return { devices, ended: [...this.alerts.ended] };
  }

  /** Takes in what {@link keep} told. */
  restore({ devices, ended }: KeptState): void {
    this.#before = new Map(devices.map((device) => [device.name, device]));
    this.alerts.restoreEnded(ended);
    for (const record of this.#devices.values()) this.#recall(record);
  }

  #record(name: string, { labels }: Reading, now: Moment): DeviceRecord | undefined {
    const known = this.#devices.get(name);
    if (known || this.#devices.size >= this.#bounds.devices) return known;
    const record = new DeviceRecord(name, labels, now);
    this.#devices.set(name, record);
    this.#recall(record);
    return record;
  }

  #recall(record: DeviceRecord): void {
    const before = this.#before.get(record.name);
    if (!before) return;
    this.#before.delete(record.name);
    record.recall(before.linked);
    const { state, since = null } = before;
    if (state === undefined) return;
    if (record.judged?.state === state) record.judged.since = since;
    else record.judged ??= { state, since, seen: since ?? record.lastSeen.date };
  }

  #takeMaintenance({ labels, value }: Reading): void {
    const key = JSON.stringify(Object.entries(labels).sort());
    if (value > 0 && this.#maintained.size < this.#bounds.devices) {
      this.#maintained.set(key, labels);
    } else {
      this.#maintained.delete(key);
    }
  }

  #sweep(now: Moment): void {
    this.#swept = now.steady;
    this.flows.sweep(now);
    for (const [name, record] of this.#devices) {
      if (now.steady - record.lastSeen.steady > forgetAfter) this.#forget(name);
      else record.sweep(now, forgetAfter);
    }
    this.#series = [...this.#devices.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #forget(name: string): void {
    const record = this.#devices.get(name);
    if (!record) return;
    this.#series -= record.size;
    this.#devices.delete(name);
  }
}

/** What is kept of a device over a restart. */
export interface KeptDevice {
  name: string;
  state?: NonNullable<DeviceRecord['judged']>['state'];
  since?: number | null;
  /** ports that had a link */
  linked: string[];
}

export interface KeptState {
  devices: KeptDevice[];
  ended: Alert[];
}
