import type { Alert } from '../contract/alert.ts';
import type { Reading } from '../contract/reading.ts';
import { isOn, type MaintenanceWindow, nextLook } from '../shared/maintenance.ts';
import type { LabelFilter } from '../shared/match/label-filter.ts';
import type { Configuration } from './configuration.ts';
import { Inhibitions } from './inhibition.ts';
import type { Suppression } from './managed-alert.ts';
import type { Moment } from './moment.ts';
import { Neighbors, type NeighborsState } from './neighbors.ts';
import { routingLabels } from './routing-labels.ts';
import { Silences } from './silence.ts';
import { Topology, type TopologyState } from './topology.ts';

/** What must outlive a restart, beside silences. */
export interface SuppressionsState {
  topology: TopologyState;
  neighbors: NeighborsState;
  /** windows that are on, and the labels that were told for each */
  maintained: [window: string, labels: Record<string, string>[]][];
  /** the labels of devices */
  devices: Record<string, string>[];
}

/** All for which nobody is told of an alert: silences, other alerts, maintenance, and parents that are down. */
export class Suppressions {
  readonly silences = new Silences();
  readonly topology = new Topology();
  readonly #neighbors = new Neighbors();
  /** which parents are learned */
  #learns: Pick<Configuration, 'gateway' | 'neighbors'>;
  inhibitions: Inhibitions;
  #windows: readonly MaintenanceWindow[];
  /** windows that are on, and the labels that were told for each */
  readonly #maintained = new Map<string, Record<string, string>[]>();
  #unreachable: ReadonlySet<string> = new Set();
  /** the labels of devices, by their names, as their readings have them */
  readonly #devices = new Map<string, Record<string, string>>();
  /** the minute in which windows were last looked at */
  #lookedIn = Number.NaN;

  constructor(configuration: Configuration) {
    const { inhibitions, maintenance } = configuration;
    this.#learns = configuration;
    this.inhibitions = new Inhibitions(inhibitions);
    this.#windows = maintenance;
  }

  /** Puts other rules in force; the caller adds the firing alerts to {@link inhibitions} anew. */
  configure(configuration: Configuration, now: number): void {
    const { inhibitions, maintenance, parents, childGrace } = configuration;
    this.inhibitions = new Inhibitions(inhibitions);
    this.#windows = maintenance;
    this.#lookedIn = Number.NaN;
    this.topology.configure(parents, childGrace * 1000, now);
    const [before, { gateway, neighbors }] = [this.#learns, configuration];
    this.#learns = configuration;
    if (gateway || neighbors || before.gateway || before.neighbors) this.#learn(now);
  }

  /** Says which addresses the gateways of this machine have. */
  setGateways(addresses: readonly string[], now: number): void {
    if (this.#neighbors.setGateways(addresses)) this.#learn(now);
  }

  /**
   * Takes readings: of `device_up` it learns which devices answer, and that there are devices.
   * @returns whether it learned through what devices are reached
   */
  observe(readings: readonly Reading[], { now, date }: Moment): boolean {
    for (const { metric, labels, value } of readings) {
      const { device } = labels;
      if (metric !== 'device_up' || device === undefined) continue;
      this.topology.hear(device, !(value > 0), now, true);
      if (!this.#devices.has(device)) this.#devices.set(device, { ...labels });
    }
    const { gateway, neighbors } = this.#learns;
    const learned = (gateway || neighbors) && this.#neighbors.take(readings, date);
    if (learned) this.#learn(now);
    return learned;
  }

  // Parents by neighbors and gateways, in the place of those learned before; those of the table win over them.
  #learn(now: number) {
    const learned = this.#neighbors.parents(this.topology.roots, {
      gateway: this.#learns.gateway,
      neighbors: this.#learns.neighbors,
      typed: (device) => this.topology.typedParentsOf(device),
    });
    this.topology.learn('parents', learned, now);
  }

  removeDevices(devices: ReadonlySet<string>): void {
    for (const device of devices) this.#devices.delete(device);
    this.#neighbors.remove(devices);
    this.topology.remove(devices);
  }

  /** Why nobody is told of an alert. */
  of(alert: Alert, date: number): Suppression {
    const labels = routingLabels(alert);
    const { device } = alert.labels;
    return {
      silencedBy: this.silences.of(labels, date),
      inhibitedBy: this.inhibitions.of(alert),
      maintainedBy: this.#windows
        .filter((window) => this.#maintained.has(keyOf(window)) && window.matchers.takes(labels))
        .map(({ name }) => name),
      unreachableBy: device === undefined ? [] : [...this.topology.cutBy(device)],
    };
  }

  /**
   * Works out what was heard, and lets time pass.
   * @returns what a history is told of it, and whether devices became reachable or unreachable
   */
  settle({ now, date }: Moment): { readings: Reading[]; reached: boolean } {
    const readings = this.#maintain(date);
    const reached = this.topology.settle(now);
    return { readings: reached ? [...readings, ...this.#reach(date)] : readings, reached };
  }

  /** ms until {@link settle} is to be called, at the latest. */
  wakeIn({ now, date }: Moment): number {
    const dated = Math.min(this.silences.next(date), nextLook(this.#windows, date)) - date;
    return Math.min(this.topology.next - now, dated);
  }

  state(): SuppressionsState {
    return {
      topology: this.topology.state(),
      neighbors: this.#neighbors.state(),
      maintained: [...this.#maintained],
      devices: [...this.#devices.values()],
    };
  }

  /** @param shift what the clock of the state is behind this one, ms */
  restore({ topology, neighbors, maintained, devices }: SuppressionsState, shift: number): void {
    this.#neighbors.restore(neighbors);
    this.topology.restore(topology, shift);
    this.#unreachable = new Set(this.topology.unreachable);
    for (const [window, labels] of maintained) this.#maintained.set(window, labels);
    for (const labels of devices) this.#devices.set(labels.device!, labels);
  }

  // Tells of devices that became reachable or unreachable.
  #reach(date: number): Reading[] {
    const [before, now] = [this.#unreachable, new Set(this.topology.unreachable)];
    this.#unreachable = now;
    const reading = (device: string, value: number): Reading => ({
      ...{ metric: 'device_unreachable', value, unit: '1', time: date, labels: { device } },
    });
    const begun = [...now].filter((device) => !before.has(device));
    const ended = [...before].filter((device) => !now.has(device));
    return [...begun.map((one) => reading(one, 1)), ...ended.map((one) => reading(one, 0))];
  }

  // Begins and ends maintenance, which comes with whole minutes only.
  #maintain(date: number): Reading[] {
    const inMinute = Math.floor(date / 60_000);
    if (inMinute === this.#lookedIn) return [];
    this.#lookedIn = inMinute;
    const on = new Map<string, MaintenanceWindow>();
    for (const window of this.#windows) if (isOn(window, date)) on.set(keyOf(window), window);
    const readings: Reading[] = [];
    const tell = (labels: Record<string, string>, value: number) => {
      readings.push({ metric: 'maintenance', value, unit: '1', time: date, labels });
    };
    for (const [key, told] of this.#maintained) {
      if (on.has(key)) continue;
      this.#maintained.delete(key);
      for (const labels of told) tell(labels, 0);
    }
    for (const [key, { matchers }] of on) {
      if (this.#maintained.has(key)) continue;
      const labels = this.#maintainedLabels(matchers);
      this.#maintained.set(key, labels);
      for (const one of labels) tell(one, 1);
    }
    return readings;
  }

  // Where matchers are plain texts, whatever has these labels is meant; else each device that they take.
  #maintainedLabels(matchers: LabelFilter): Record<string, string>[] {
    const { exact } = matchers;
    if (exact) {
      const isOfAlerts = ['alertname', 'severity', 'metric'].some((name) => name in exact);
      return isOfAlerts ? [] : [exact];
    }
    return [...this.#devices.values()]
      .filter((labels) => matchers.takes(labels))
      .map(({ device }) => ({ device: device! }));
  }
}

function keyOf({ name, matchers }: MaintenanceWindow): string {
  return `${name} {${matchers.text}}`;
}
