import { type Reading, seriesKey } from '../../contract/reading.ts';
import { isMeant, type TrafficQuery, type TrafficSums } from '../../shared/traffic/queries.ts';
import { Best } from '../best.ts';
import type { Moment } from '../device-record.ts';

const minute = 60_000;
/** ms that are looked back */
const window = 60 * minute;
/** ms for which an exporter is offered that tells nothing more */
const offeredFor = 24 * 60 * minute;
/** points of a series: a collector may tell more often than each minute */
const mostPoints = 720;
const mostExporters = 1000;
const mostInterfaces = 2000;
/** series between two yields */
const stretch = 200;

interface Kept {
  labels: Record<string, string>;
  info: Record<string, string> | undefined;
  /** by this machine's clock, ms since the Unix epoch */
  times: number[];
  values: number[];
}

/** What is known of an exporter. */
interface Exporter {
  heard: Moment;
  interfaces: Set<string>;
}

/** The last hour of the rates of flows: bounded, for there is a series for each address that has traffic. */
export class FlowMemory {
  readonly #mostSeries: number;
  /** by their keys, the one that came longest ago first */
  readonly #series = new Map<string, Kept>();
  readonly #exporters = new Map<string, Exporter>();

  constructor(mostSeries = 20_000) {
    this.#mostSeries = mostSeries;
  }

  /** Whether flows were told of lately. */
  get isAny(): boolean {
    return this.#exporters.size > 0;
  }

  /** Those that told of flows lately, with their interfaces. */
  get exporters(): ReadonlyMap<string, ReadonlySet<string>> {
    return new Map([...this.#exporters].map(([name, { interfaces }]) => [name, interfaces]));
  }

  /** Whether an interface of a device told of flows lately. */
  has(device: string, name: string): boolean {
    return this.#exporters.get(device)?.interfaces.has(name) ?? false;
  }

  /** Takes a reading of a flow metric in. Only of rates there are charts. */
  take({ metric, labels, info, value }: Reading, now: Moment): void {
    const { device, interface: name } = labels;
    if (metric !== 'flow_rate' || !device || !this.#hear(device, name, now)) return;
    const key = seriesKey(metric, labels);
    const known = this.#series.get(key);
    const kept = known ?? { labels, info, times: [], values: [] };
    kept.info = info;
    this.#series.delete(key);
    this.#series.set(key, kept);
    add(kept, now.date, value);
    if (!known) this.#forgetOldest();
  }

  /** Forgets what is older than can be shown. */
  sweep(now: Moment): void {
    for (const [key, { times }] of this.#series) {
      // Those that came later are behind it.
      if (times.at(-1)! > now.date - window) break;
      this.#series.delete(key);
    }
    for (const [name, { heard }] of this.#exporters) {
      if (now.steady - heard.steady > offeredFor) this.#exporters.delete(name);
    }
  }

  /** What is known of the last hour, the largest first; yields now and then. */
  *read(query: TrafficQuery): Generator<void, TrafficSums[]> {
    const best = new Best<TrafficSums & { size: number }>(query.most, (a, b) => b.size - a.size);
    let looked = 0;
    for (const kept of this.#series.values()) {
      if (++looked % stretch === 0) yield;
      if (!isMeant(query, kept.labels)) continue;
      const steps = stepsOf(kept, query.edges);
      if (steps) best.take({ labels: kept.labels, info: kept.info, ...steps });
    }
    return best.items;
  }

  #hear(device: string, name: string | undefined, now: Moment): boolean {
    let exporter = this.#exporters.get(device);
    if (!exporter) {
      if (this.#exporters.size >= mostExporters) return false;
      exporter = { heard: now, interfaces: new Set() };
      this.#exporters.set(device, exporter);
    }
    exporter.heard = now;
    if (name !== undefined && exporter.interfaces.size < mostInterfaces) {
      exporter.interfaces.add(name);
    }
    return true;
  }

  #forgetOldest(): void {
    if (this.#series.size <= this.#mostSeries) return;
    const [oldest] = this.#series.keys();
    this.#series.delete(oldest!);
  }
}

function add({ times, values }: Kept, time: number, value: number): void {
  // After a clock was set back, what it told before would be out of order.
  while (times.length > 0 && times.at(-1)! >= time) {
    times.pop();
    values.pop();
  }
  times.push(time);
  values.push(value);
  const first = times.findIndex((one) => one > time - window);
  const old = Math.max(first, times.length - mostPoints);
  times.splice(0, old);
  values.splice(0, old);
}

// Undefined where no step has anything.
function stepsOf({ times, values }: Kept, edges: Float64Array) {
  const sums = new Float64Array(edges.length - 1).fill(Number.NaN);
  const counts = new Float64Array(sums.length).fill(Number.NaN);
  let size = 0;
  let isEmpty = true;
  let step = 0;
  for (const [i, time] of times.entries()) {
    if (time < edges[0]!) continue;
    while (step < sums.length && time >= edges[step + 1]!) step++;
    if (step === sums.length) break;
    sums[step] = (counts[step]! > 0 ? sums[step]! : 0) + values[i]!;
    counts[step] = (counts[step]! > 0 ? counts[step]! : 0) + 1;
    size += values[i]!;
    isEmpty = false;
  }
  return isEmpty ? undefined : { sums, counts, size };
}
