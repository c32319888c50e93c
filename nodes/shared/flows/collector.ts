import { networkOf, parseFlowAddress } from './address.ts';
import { knowledgeBudget } from './budget.ts';
import { Decoder } from './decoder.ts';
import { Exporter, newTally, type Tally } from './exporter.ts';
import type { Flow, FlowSink, InterfaceCounters } from './flow.ts';
import { keepTemplates, type KeptTemplates, restoreTemplates } from './kept-templates.ts';
import type { AllowedExporter } from './settings.ts';
import { type ClosedInterval, TrafficCounter } from './traffic-counter.ts';

/** exporters that are taken, at the most; more must be forged */
const mostExporters = 1000;
/** exporters that are not allowed and that are told of */
const mostUnknown = 50;

/** One that sends and is not allowed to. */
export interface UnknownExporter {
  address: string;
  datagrams: number;
  /** ms since the Unix epoch */
  seen: number;
}

/** How an exporter is doing. */
export interface ExporterStatus extends Tally {
  address: string;
  formats: string[];
  /** datagrams or records that never came */
  lost: number;
  /** sets of records that wait for their template */
  waiting: number;
  /** the largest factor that anything was sampled by; 1 for none */
  factor: number;
  /** ms since the Unix epoch */
  seen: number;
  octets: number;
  packets: number;
}

/** How a collector is doing: what is counted is since the start. */
export interface CollectorStatus {
  exporters: ExporterStatus[];
  unknown: UnknownExporter[];
  /** unknown exporters beyond those */
  more: number;
}

export interface CollectorOptions {
  exporters: readonly AllowedExporter[];
  acceptAll: boolean;
  counter: TrafficCounter;
  /** takes the counts of an exporter's interface */
  counters: (exporter: string, counters: InterfaceCounters, arrived: number) => void;
  kept?: KeptTemplates | undefined;
}

interface Known {
  exporter: Exporter;
  /** what it is sampled by, if the user said so */
  factor: number | undefined;
  status: { seen: number; octets: number; packets: number; factor: number };
}

/** Takes the datagrams of exporters, decodes and counts them. It has no sockets and no clock. */
export class Collector implements FlowSink {
  readonly #options: CollectorOptions;
  readonly #decoder = new Decoder();
  readonly #budget = knowledgeBudget();
  readonly #known = new Map<string, Known>();
  readonly #unknown = new Map<string, UnknownExporter>();
  /** exporters beyond those that are told of */
  #more = 0;
  /** whose datagram is decoded */
  #current: Known | undefined;
  #arrived = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
    for (const { address, ...kept } of options.kept ?? []) {
      const known = this.#find(address, false);
      if (known) restoreTemplates(known.exporter, kept);
    }
  }

  /**
   * Takes a datagram.
   * @param address who sent it
   * @param arrived ms on a steady clock
   * @param date the same, ms since the Unix epoch
   */
  take(data: Buffer, address: string, arrived: number, date: number): void {
    const known = this.#known.get(address) ?? this.#find(address, true);
    if (!known) {
      this.#seeUnknown(address, date);
      return;
    }
    known.status.seen = date;
    known.exporter.heardAt = arrived;
    this.#current = known;
    this.#arrived = arrived;
    this.#decoder.take(data, known.exporter, arrived, this);
  }

  flow(flow: Flow, arrived: number): void {
    const { exporter, factor, status } = this.#current!;
    const by = factor ?? flow.factor;
    status.octets += flow.octets * by;
    status.packets += flow.packets * by;
    if (by > status.factor) status.factor = by;
    this.#options.counter.add(exporter, flow, arrived, factor);
  }

  counters(counters: InterfaceCounters): void {
    this.#options.counters(this.#current!.exporter.address, counters, this.#arrived);
  }

  /** Takes out the intervals that are over, the oldest first. @param now ms on the steady clock */
  close(now: number): ClosedInterval[] {
    for (const { exporter } of this.#known.values()) this.#decoder.expire(exporter, now);
    return this.#options.counter.close(now);
  }

  status(): CollectorStatus {
    const exporters = Array.from(this.#known.values(), ({ exporter, status }) => ({
      ...exporter.tally,
      ...status,
      address: exporter.address,
      formats: [...exporter.formats],
      lost: exporter.lost,
      waiting: exporter.held.length,
    })).filter(({ seen }) => seen > 0);
    return { exporters, unknown: [...this.#unknown.values()], more: this.#more };
  }

  /** Exporters that are known. */
  get size(): number {
    return this.#known.size;
  }

  /** Grows with each template that is new. */
  get templateChanges(): number {
    let changes = 0;
    for (const { exporter } of this.#known.values()) {
      for (const { templates } of exporter.domains.values()) changes += templates.changes;
    }
    return changes;
  }

  /** All templates, to be kept over a restart. */
  kept(): KeptTemplates {
    return Array.from(this.#known.values(), ({ exporter }) => keepTemplates(exporter));
  }

  /** The names of an exporter's interfaces, as it told them. */
  interfaceNames(address: string): ReadonlyMap<number, string> | undefined {
    return this.#known.get(address)?.exporter.interfaceNames;
  }

  #find(address: string, isNew: boolean): Known | undefined {
    const allowed = this.#allowed(address);
    if (!allowed || this.#known.size >= mostExporters) return undefined;
    const exporter = new Exporter(address, this.#budget);
    const status = { seen: 0, octets: 0, packets: 0, factor: 1 };
    const known = { exporter, factor: allowed.factor, status };
    exporter.tally = newTally();
    this.#known.set(address, known);
    if (isNew) this.#unknown.delete(address);
    return known;
  }

  #allowed(address: string): { factor: number | undefined } | undefined {
    const parsed = parseFlowAddress(address);
    if (parsed === undefined) return undefined;
    const row = this.#options.exporters.find(
      ({ network }) =>
        typeof network.address === typeof parsed &&
        networkOf(parsed, network.bits) === network.address,
    );
    if (row) return { factor: row.factor };
    return this.#options.acceptAll ? { factor: undefined } : undefined;
  }

  #seeUnknown(address: string, date: number): void {
    const unknown = this.#unknown.get(address);
    if (unknown) {
      unknown.datagrams++;
      unknown.seen = date;
    } else if (this.#unknown.size < mostUnknown) {
      this.#unknown.set(address, { address, datagrams: 1, seen: date });
    } else {
      this.#more++;
    }
  }
}
