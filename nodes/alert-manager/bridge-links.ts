/** ms after which an address is forgotten that a port does not have any more */
const keptFor = 7 * 86_400_000;
/** ms by which what one bridge heard of a device may be older than what another did */
const asNew = 86_400_000;
const maxLinks = 100_000;

/** What a bridge has behind one of its ports. */
interface Port {
  /** how many addresses, watched or not */
  addresses: number;
  /** IP addresses, with when each was heard of last, ms since the Unix epoch */
  heard: Map<string, number>;
}

export interface BridgeLink {
  device: string;
  interface: string;
  neighbor: string;
  /** behind that port */
  addresses: number;
}

/** What must outlive a restart. */
export type BridgeLinksState = [
  device: string,
  port: string,
  neighbor: string,
  addresses: number,
  heardAt: number,
][];

/** What is known beside the tables of bridges. */
interface Known {
  /** the device that an address belongs to */
  deviceOf: (address: string) => string | undefined;
  /** whether a port has a device behind it that it hears by LLDP, which tells more */
  isTold: (device: string, port: string) => boolean;
  gateways: ReadonlySet<string>;
}

/**
 * Which devices are behind which ports of bridges, by their forwarding tables (`bridge_neighbor`). A bridge has all that is
 * behind it in its table, near or far, so that only some of it tells who is beside whom.
 */
export class BridgeLinks {
  readonly #bridges = new Map<string, Map<string, Port>>();
  #count = 0;

  /** Devices that have such a table. */
  get bridges(): string[] {
    return [...this.#bridges.keys()];
  }

  /** Takes what a bridge tells. Returns whether it is new. @param date now, ms since the Unix epoch */
  take({ device, interface: name, neighbor, addresses }: BridgeLink, date: number): boolean {
    const ports = this.#bridges.get(device) ?? new Map<string, Port>();
    const port = ports.get(name) ?? { addresses, heard: new Map<string, number>() };
    const isNew = !port.heard.has(neighbor);
    if (isNew && this.#count >= maxLinks) return false;
    this.#bridges.set(device, ports);
    ports.set(name, port);
    port.addresses = addresses;
    port.heard.set(neighbor, date);
    if (!isNew) return false;
    this.#count++;
    for (const [address, at] of port.heard) {
      if (date - at > keptFor && port.heard.delete(address)) this.#count--;
    }
    return true;
  }

  /** Forgets bridges. */
  remove(devices: ReadonlySet<string>): void {
    for (const device of devices) {
      for (const { heard } of this.#bridges.get(device)?.values() ?? []) this.#count -= heard.size;
      this.#bridges.delete(device);
    }
  }

  /**
   * The pairs of devices that are beside each other. A port with one other bridge behind it leads to that, and one with
   * several to whoever knows. One that leads to a gateway leads away from the rest. Any other device is behind the port
   * with the fewest addresses, for the ports of bridges further away have more behind them.
   */
  pairs({ deviceOf, isTold, gateways }: Known): [string, string][] {
    const pairs: [string, string][] = [];
    const leaves = new Map<string, { bridge: string; addresses: number; at: number }[]>();
    for (const [bridge, ports] of this.#bridges) {
      for (const [name, { addresses, heard }] of ports) {
        if (isTold(bridge, name)) continue;
        const behind = new Map<string, number>();
        for (const [address, at] of heard) {
          const device = deviceOf(address);
          if (device === undefined || device === bridge) continue;
          behind.set(device, Math.max(at, behind.get(device) ?? at));
        }
        const others = [...behind.keys()].filter((device) => this.#bridges.has(device));
        const uplinks = [...behind.keys()].filter((device) => gateways.has(device));
        if (others.length > 1) continue;
        const only = others.length === 1 ? others : uplinks;
        for (const device of only) pairs.push([bridge, device]);
        if (only.length > 0 || [...heard.keys()].some((address) => gateways.has(address))) continue;
        for (const [device, at] of behind) {
          const found = leaves.get(device) ?? [];
          leaves.set(device, found);
          found.push({ bridge, addresses, at });
        }
      }
    }
    for (const [device, found] of leaves) {
      const latest = Math.max(...found.map(({ at }) => at));
      const recent = found.filter(({ at }) => latest - at <= asNew);
      const least = Math.min(...recent.map(({ addresses }) => addresses));
      for (const { bridge, addresses } of recent) {
        if (addresses === least) pairs.push([bridge, device]);
      }
    }
    return pairs;
  }

  state(): BridgeLinksState {
    return [...this.#bridges].flatMap(([device, ports]) =>
      [...ports].flatMap(([name, { addresses, heard }]) =>
        [...heard].map(([neighbor, at]): BridgeLinksState[number] => [
          ...([device, name, neighbor, addresses, at] as const),
        ]),
      ),
    );
  }

  restore(state: BridgeLinksState): void {
    for (const [device, name, neighbor, addresses, at] of state) {
      this.take({ device, interface: name, neighbor, addresses }, at);
    }
  }
}
