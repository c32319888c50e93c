import type { CollectorStatus, ExporterStatus } from '../shared/flows/collector.ts';

/** What is told of exporters: kinds of events, and the keys of their texts. */
export const eventKinds = [
  'unknown',
  'silent',
  'template',
  'malformed',
  'lost',
  'direction',
  'late',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Something that begins or ends with an exporter. */
export interface FlowEvent {
  event: EventKind;
  /** its address */
  address: string;
  isOver: boolean;
}

/** ms over which is looked whether something happens */
const window = 60_000;
/** ms without a datagram after which an exporter is silent: some send only when there is traffic */
const silentAfter = 600_000;
/** ms over which flows a second are meant */
const rateWindow = 10_000;
/** flows that lasted longer than is waited for, of all: fewer are told by clocks that differ a little */
const lateShare = 0.02;

interface Before {
  time: number;
  byAddress: Map<string, ExporterStatus>;
}

/** Follows what a collector's thread tells: flows a second, and what is wrong with whom. */
export class FlowWatch {
  /** what was told before, the oldest first */
  #before: Before[] = [];
  #going = new Map<EventKind, Set<string>>();
  #rate = 0;
  #count = 0;

  /** Flows a second, of all exporters. */
  get rate(): number {
    return this.#rate;
  }

  /** Exporters that have sent anything. */
  get count(): number {
    return this.#count;
  }

  /** What goes on, by its kind: the addresses of those that it is about. */
  get going(): ReadonlyMap<EventKind, ReadonlySet<string>> {
    return this.#going;
  }

  /**
   * Takes a status. Returns what began and what ended.
   * @param now ms since the Unix epoch
   */
  take({ exporters, unknown }: CollectorStatus, now: number): FlowEvent[] {
    const byAddress = new Map(exporters.map((one) => [one.address, one]));
    this.#before.push({ time: now, byAddress });
    while (this.#before.length > 1 && now - this.#before[1]!.time >= window) this.#before.shift();
    this.#count = exporters.length;
    this.#setRate(byAddress, now);
    const [oldest] = this.#before as [Before];
    const going = new Map<EventKind, Set<string>>(eventKinds.map((kind) => [kind, new Set()]));
    for (const { address } of unknown) going.get('unknown')!.add(address);
    for (const one of exporters) {
      for (const kind of signs(one, oldest.byAddress.get(one.address), now)) {
        going.get(kind)!.add(one.address);
      }
    }
    const events = eventKinds.flatMap((kind) => {
      const before = this.#going.get(kind) ?? new Set<string>();
      const after = going.get(kind)!;
      const event = (address: string, isOver: boolean) => ({ event: kind, address, isOver });
      return [
        ...[...after].filter((one) => !before.has(one)).map((one) => event(one, false)),
        ...[...before].filter((one) => !after.has(one)).map((one) => event(one, true)),
      ];
    });
    this.#going = going;
    return events;
  }

  #setRate(byAddress: Before['byAddress'], now: number): void {
    const base = this.#before.find(({ time }) => now - time <= rateWindow) ?? this.#before[0]!;
    const seconds = (now - base.time) / 1000;
    if (seconds <= 0) return;
    let flows = 0;
    for (const [address, one] of byAddress) {
      flows += one.flows - (base.byAddress.get(address)?.flows ?? 0);
    }
    this.#rate = flows / seconds;
  }
}

function signs(one: ExporterStatus, before: ExporterStatus | undefined, now: number): EventKind[] {
  const grown = (
    name: 'flows' | 'lost' | 'malformed' | 'withoutTemplate' | 'otherDirection' | 'late',
  ) => one[name] - (before?.[name] ?? 0);
  const flows = grown('flows');
  const found: EventKind[] = [];
  if (now - one.seen > silentAfter) found.push('silent');
  if (one.waiting > 0 || grown('withoutTemplate') > 0) found.push('template');
  if (grown('malformed') > 0) found.push('malformed');
  if (grown('lost') > 0) found.push('lost');
  if (flows > 0 && grown('otherDirection') >= flows) found.push('direction');
  if (grown('late') > Math.max(flows * lateShare, 5)) found.push('late');
  return found;
}
