import { Budget } from './budget.ts';
import { type CountedDirection, subjects } from './choices.ts';
import { EndedInterfaces } from './ended-interfaces.ts';
import type { Exporter } from './exporter.ts';
import type { Flow } from './flow.ts';
import { agesOf } from './flow-times.ts';
import { Peers } from './peers.ts';
import type { SubjectKeys } from './subjects.ts';
import { TopTable } from './top-table.ts';

/** counters of all tables together: about 150 octets each */
const allCounters = 200_000;
/** sources whose destinations are counted, of all exporters together: a kilobyte each at the most */
const allSources = 20_000;
/** interfaces of an exporter in an interval, and of all: what is beyond counts for one of index -1 */
const [mostInterfaces, mostInAll] = [256, 1000];

export interface CounterOptions {
  /** ms */
  interval: number;
  /** ms for which an interval is kept open after its end: the active time-out of the exporters */
  delay: number;
  direction: CountedDirection;
  keys: SubjectKeys;
  /** whether distinct destinations are counted */
  countPeers: boolean;
  /** ms on the steady clock at which the first interval begins: what was before it does not count */
  origin: number;
}

/** What went through an interface in an interval. */
export interface InterfaceTraffic {
  octets: number;
  packets: number;
  /** the largest factor of what was sampled; 1 for none */
  factor: number;
  /** one for each of `subjects`, where there was any */
  tables: (TopTable | undefined)[];
}

/** What an exporter told of an interval. */
export interface ExporterTraffic {
  interfaces: Map<number, InterfaceTraffic>;
  peers: Peers;
}

/** An interval that is over. */
export interface ClosedInterval {
  /** ms on the steady clock */
  end: number;
  exporters: Map<Exporter, ExporterTraffic>;
}

/**
 * Counts flows by intervals. Each is spread over the time that it lasted, so an interval stays open until what was under way
 * in it has been told. What is older still goes to the oldest one that is open: nothing is lost. Only what was before the
 * beginning is left out, or the first interval would have what a longer time had.
 */
export class TrafficCounter {
  readonly #options: CounterOptions;
  readonly #budget = new Budget(allCounters);
  readonly #sources = new Budget(allSources);
  /** the open ones, by their number */
  readonly #open = new Map<number, Map<Exporter, ExporterTraffic>>();
  readonly #ended = new EndedInterfaces();
  /** the number of the oldest one that is open */
  #oldest = 0;
  #interfaces = 0;

  constructor(options: CounterOptions) {
    this.#options = options;
  }

  /**
   * Counts a flow.
   * @param fixedFactor what it was sampled by, whatever the exporter tells
   */
  add(exporter: Exporter, flow: Flow, arrived: number, fixedFactor: number | undefined): void {
    const { direction, keys, countPeers } = this.#options;
    const isEgress = direction === 'egress';
    if (direction !== 'both' && flow.direction === (isEgress ? 0 : 1)) {
      exporter.tally.otherDirection++;
      return;
    }
    const factor = fixedFactor ?? flow.factor;
    const octets = flow.octets * factor;
    const packets = flow.packets * factor;
    const ages = agesOf(flow);
    const began = arrived - ages.first;
    const ended = arrived - ages.last;
    const { origin } = this.#options;
    if (ended < origin) return;
    keys.read(flow);
    const isOut = isEgress || (direction === 'both' && flow.direction === 1);
    const index = isOut ? flow.output : flow.input;
    // What is told too late goes to the oldest.
    if (began >= origin && this.#numberAt(began) < this.#oldest) exporter.tally.late++;
    const first = Math.max(this.#numberAt(Math.max(began, origin)), this.#oldest);
    const last = Math.max(this.#numberAt(ended), this.#oldest);
    if (countPeers) {
      this.#exporterAt(last, exporter).peers.add(keys.shortened(flow.source), flow.destination);
    }
    const before = began < origin ? (origin - began) / (ended - began) : 0;
    let [leftOctets, leftPackets] = [octets * (1 - before), packets * (1 - before)];
    for (let number = first; number < last; number++) {
      // The oldest has what was before it, too.
      const from = number === first ? Math.max(began, origin) : this.#startOf(number);
      const share = (this.#startOf(number + 1) - from) / (ended - began);
      this.#addTo(number, exporter, index, octets * share, packets * share, factor);
      leftOctets -= octets * share;
      leftPackets -= packets * share;
    }
    // It may have ended just where an interval begins.
    if (last > first && leftOctets <= octets * 1e-9) return;
    this.#addTo(last, exporter, index, Math.max(leftOctets, 0), Math.max(leftPackets, 0), factor);
  }

  /**
   * Takes out the intervals that nothing more is waited for, the oldest first. Interfaces whose flows have ended have
   * nothing once, so that their charts do not stay at the last value.
   */
  close(now: number): ClosedInterval[] {
    const oldest = this.#numberAt(now - this.#options.delay);
    const closed: ClosedInterval[] = [];
    // After a long sleep of the machine there may be very many, of which few have anything.
    const numbers = new Set([...this.#open.keys()].flatMap((number) => [number, number + 1]));
    if (this.#ended.next !== undefined) numbers.add(this.#ended.next);
    for (const number of [...numbers].sort((a, b) => a - b)) {
      if (number >= oldest) continue;
      const exporters: ClosedInterval['exporters'] =
        this.#open.get(number) ?? new Map<never, never>();
      this.#open.delete(number);
      for (const [exporter, index] of this.#ended.see(number, this.#startOf(number), exporters)) {
        const { interfaces } = this.#trafficOf(exporters, exporter);
        interfaces.set(index, nothing());
        this.#interfaces++;
      }
      if (exporters.size > 0) closed.push({ end: this.#startOf(number + 1), exporters });
    }
    this.#oldest = Math.max(this.#oldest, oldest);
    return closed;
  }

  /** Gives what a closed interval took back to the open ones. */
  release({ exporters }: ClosedInterval): void {
    for (const { interfaces, peers } of exporters.values()) {
      peers.release();
      this.#interfaces -= interfaces.size;
      for (const { tables } of interfaces.values()) tables.forEach((table) => table?.release());
    }
  }

  #addTo(
    number: number,
    exporter: Exporter,
    index: number,
    octets: number,
    packets: number,
    factor: number,
  ): void {
    const traffic = this.#interfaceOf(this.#exporterAt(number, exporter), index);
    traffic.octets += octets;
    traffic.packets += packets;
    if (factor > traffic.factor) traffic.factor = factor;
    const { keys } = this.#options.keys;
    for (let i = 0; i < subjects.length; i++) {
      const key = keys[i];
      if (key === undefined) continue;
      (traffic.tables[i] ??= new TopTable(this.#budget)).add(key, octets, packets);
    }
  }

  #exporterAt(number: number, exporter: Exporter): ExporterTraffic {
    let exporters = this.#open.get(number);
    if (!exporters) {
      exporters = new Map<Exporter, ExporterTraffic>();
      this.#open.set(number, exporters);
    }
    return this.#trafficOf(exporters, exporter);
  }

  #trafficOf(exporters: ClosedInterval['exporters'], exporter: Exporter): ExporterTraffic {
    let traffic = exporters.get(exporter);
    if (!traffic) {
      traffic = { interfaces: new Map(), peers: new Peers(this.#sources) };
      exporters.set(exporter, traffic);
    }
    return traffic;
  }

  #interfaceOf({ interfaces }: ExporterTraffic, index: number): InterfaceTraffic {
    let traffic = interfaces.get(index);
    if (!traffic) {
      const isFull = interfaces.size >= mostInterfaces || this.#interfaces >= mostInAll;
      const known = isFull ? interfaces.get(-1) : undefined;
      if (known) return known;
      traffic = nothing();
      interfaces.set(isFull ? -1 : index, traffic);
      this.#interfaces++;
    }
    return traffic;
  }

  #numberAt(time: number): number {
    return Math.floor((time - this.#options.origin) / this.#options.interval);
  }

  #startOf(number: number): number {
    return this.#options.origin + number * this.#options.interval;
  }
}

function nothing(): InterfaceTraffic {
  return { octets: 0, packets: 0, factor: 1, tables: subjects.map(() => undefined) };
}
