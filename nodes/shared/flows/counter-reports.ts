import type { InterfaceCounters } from './flow.ts';

/** interfaces of an exporter whose counts are kept, and of all together */
const [mostInterfaces, mostInAll] = [2048, 20_000];

/** The counts of one interface, see `InterfaceState`. */
interface Counted {
  index: number;
  speed?: number;
  duplex?: 'full' | 'half';
  adminUp: boolean;
  up: boolean;
  inOctets: bigint;
  outOctets: bigint;
  inPackets: number;
  outPackets: number;
  inErrors: number;
  outErrors: number;
  inDiscards: number;
  outDiscards: number;
  bits: Record<string, 32 | 64>;
  countedAt: number;
}

// Octets have 64 bits, all else 32. Packets are the sum of three counts, which wraps where none of them does.
const bits = { inErrors: 32, outErrors: 32, inDiscards: 32, outDiscards: 32 } as const;

/** Gathers the counts that exporters send one by one, to the latest of each interface in an interval. */
export class CounterReports {
  readonly #interval: number;
  #next: number;
  #count = 0;
  #exporters = new Map<string, Map<number, Counted>>();

  /** @param origin when the first interval begins, ms on the steady clock */
  constructor(interval: number, origin: number) {
    this.#interval = interval;
    this.#next = origin + interval;
  }

  take(exporter: string, told: InterfaceCounters, arrived: number): void {
    let interfaces = this.#exporters.get(exporter);
    if (!interfaces) {
      interfaces = new Map<number, Counted>();
      this.#exporters.set(exporter, interfaces);
    }
    const { index, speed, fullDuplex, ...counts } = told;
    if (!interfaces.has(index)) {
      if (interfaces.size >= mostInterfaces || this.#count >= mostInAll) return;
      this.#count++;
    }
    interfaces.set(index, {
      ...counts,
      ...{ index, bits, countedAt: arrived },
      ...(speed > 0 && { speed }),
      ...(fullDuplex !== undefined && { duplex: fullDuplex ? ('full' as const) : 'half' }),
    });
  }

  /** Takes out what came in an interval that is over. @param toDate what makes a date of a time on the steady clock */
  close(now: number, toDate: number): { exporter: string; time: number; interfaces: Counted[] }[] {
    if (now < this.#next) return [];
    // A machine that slept makes up for nothing.
    this.#next += Math.ceil((now - this.#next + 1) / this.#interval) * this.#interval;
    const time = Math.round(now + toDate);
    const reports = Array.from(this.#exporters, ([exporter, interfaces]) => ({
      ...{ exporter, time },
      interfaces: [...interfaces.values()],
    }));
    this.#exporters = new Map();
    this.#count = 0;
    return reports;
  }
}
