import type { InterfaceState, Sample } from '../../../contract/snapshot.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { ArpTable } from '../../../shared/host/arp.ts';
import { Problem } from '../../../shared/problem.ts';
import { number } from '../../if-mib/values.ts';
import { sample } from '../../sample.ts';
import type { Agent } from '../agent.ts';
import { type Table, Walk } from '../table.ts';

/**
 * The port on which an address was heard: dot1qTpFdbPort of bridges with VLANs (RFC 4363), dot1dTpFdbPort of others
 * (RFC 4188). Both are indexed by the hardware address at the end.
 */
const forwarding = ['1.3.6.1.2.1.17.7.1.2.2.1.2', '1.3.6.1.2.1.17.4.3.1.2'] as const;
/** dot1dBasePortIfIndex: the interface of a port */
const basePort = '1.3.6.1.2.1.17.1.4.1.2';

/** addresses behind a port above which it leads to another part of the network, and says nothing of who is near */
export const mostBehind = 32;
/** rows of a table that is too large to be read */
const mostRows = 50_000;
/** ms of a poll that are spent on the table: one that takes longer is read on with the next poll */
const budget = 500;
const minute = 60_000;
/** ms until it is read again: after it was read, where there is none, and where it was too much for the device */
const again = { read: 10 * minute, none: 60 * minute, tooMuch: 24 * 60 * minute };
/** neighbours that are told of */
const mostNeighbors = 1000;

/** The addresses behind a port, and the name of that. */
interface Edge {
  interface: string;
  addresses: readonly string[];
}

/** Which devices are behind which port of one bridge. It remembers what it has read between polls. */
export class BridgeTable {
  readonly #agent: Agent;
  readonly #clock: Clock;
  /** which of both tables is read, and how far */
  #kind = 0;
  #walk: Walk | undefined;
  /** whether a poll ended within the walk */
  #isUnderWay = false;
  #dueAt = -Infinity;
  #edges: Edge[] = [];

  constructor(agent: Agent, clock: Clock) {
    this.#agent = agent;
    this.#clock = clock;
  }

  /**
   * One sample for each address of `arp` that is behind a port with few others: the port here, the IP address, and how many
   * are behind that port. Empty where the device is no bridge, or has not told all yet.
   */
  async read(interfaces: readonly InterfaceState[] = [], arp: ArpTable): Promise<Sample[]> {
    const now = this.#clock.steady();
    // The last poll was given up here: the device shall be polled all the same.
    if (this.#isUnderWay) this.#rest(again.none);
    if (now >= this.#dueAt && arp.size > 0) await this.#goOn(interfaces);
    const samples: Sample[] = [];
    for (const { interface: name, addresses } of this.#edges) {
      for (const address of addresses) {
        for (const neighbor of arp.get(address) ?? []) {
          if (samples.length >= mostNeighbors) return samples;
          const labels = { interface: name, neighbor };
          const info = { address, addresses: String(addresses.length) };
          samples.push(sample('bridge_neighbor', 1, { labels, info }));
        }
      }
    }
    return samples;
  }

  async #goOn(interfaces: readonly InterfaceState[]): Promise<void> {
    this.#isUnderWay = true;
    const walk = (this.#walk ??= new Walk([forwarding[this.#kind]!]));
    const until = this.#clock.steady() + budget;
    const table = await this.#agent.walk(walk, { until }).catch((error: unknown) => {
      if (error instanceof Problem && error.key === 'snmpEndless') return undefined;
      throw error;
    });
    if (!table || table.size > mostRows) {
      this.#edges = [];
      this.#rest(again.tooMuch);
    } else if (walk.open.length === 0) {
      await this.#take(table, interfaces);
    }
    this.#isUnderWay = false;
  }

  async #take(table: Table, interfaces: readonly InterfaceState[]): Promise<void> {
    this.#walk = undefined;
    if (table.size > 0) {
      const ports = await this.#agent.work(portsOf(table));
      this.#edges = await this.#named(ports, interfaces);
      this.#dueAt = this.#clock.steady() + again.read;
    } else if (this.#kind + 1 < forwarding.length) {
      this.#kind++;
    } else {
      this.#edges = [];
      this.#rest(again.none);
    }
  }

  async #named(
    ports: ReadonlyMap<number, ReadonlySet<string>>,
    interfaces: readonly InterfaceState[],
  ): Promise<Edge[]> {
    const indexes = await this.#agent.table([basePort]);
    const names = new Map(interfaces.map(({ index, name }) => [String(index), name]));
    return [...ports].flatMap(([port, addresses]) => {
      if (addresses.size > mostBehind) return [];
      const index = number(indexes.get(String(port))?.[0]) ?? port;
      return [{ interface: names.get(String(index)) ?? String(index), addresses: [...addresses] }];
    });
  }

  #rest(ms: number): void {
    this.#isUnderWay = false;
    this.#walk = undefined;
    this.#kind = 0;
    this.#dueAt = this.#clock.steady() + ms;
  }
}

/** The addresses behind each port; of one with too many one more than there may be. */
function* portsOf(table: Table): Generator<void, Map<number, Set<string>>> {
  const ports = new Map<number, Set<string>>();
  for (const [index, [cell]] of table) {
    const port = number(cell);
    const address = hardwareOf(index);
    // 0 is one whose port is not known (RFC 4188).
    if (port !== undefined && port > 0 && address !== undefined) {
      const behind = ports.get(port) ?? new Set();
      ports.set(port, behind);
      if (behind.size <= mostBehind) behind.add(address);
    }
    yield;
  }
  return ports;
}

function hardwareOf(index: string): string | undefined {
  const bytes = index.split('.').slice(-6).map(Number);
  const isAddress = bytes.length === 6 && bytes.every((byte) => byte >= 0 && byte <= 255);
  return isAddress ? bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':') : undefined;
}
