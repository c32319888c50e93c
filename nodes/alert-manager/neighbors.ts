import type { Reading } from '../contract/reading.ts';
import { BridgeLinks, type BridgeLinksState } from './bridge-links.ts';

/** ms after which a link is forgotten that nobody tells of any more: a device that is down for days keeps its place */
const keptFor = 7 * 86_400_000;
const maxLinks = 100_000;
/** of a device */
const maxPorts = 5000;

/** What must outlive a restart. */
export interface NeighborsState {
  /** with when it was last heard of, ms since the Unix epoch */
  links: [device: string, neighbor: string, heardAt: number][];
  /** what devices go by */
  names: [name: string, device: string][];
  gateways: string[];
  /** ports that hear a neighbor */
  ports: [device: string, port: string, neighbor: string][];
  bridges: BridgeLinksState;
}

/**
 * How devices hang together, as they tell of it by LLDP (`lldp_neighbor`) and by the tables of bridges
 * (`bridge_neighbor`), and which of them are the gateways of this machine: from all follows through what each is reached.
 */
export class Neighbors {
  /** by device, what it heard: a name that its neighbor gives itself, and when it was heard of last */
  readonly #links = new Map<string, Map<string, number>>();
  /** devices by what else they go by: the name that they give themselves, and their address */
  readonly #names = new Map<string, string>();
  readonly #devices = new Set<string>();
  /** by device and port, what it heard there */
  readonly #ports = new Map<string, Map<string, string>>();
  readonly #bridges = new BridgeLinks();
  #gateways: readonly string[] = [];
  #count = 0;

  /** @param addresses of this machine's gateways. @returns whether they are others than before */
  setGateways(addresses: readonly string[]): boolean {
    const isSame = addresses.join() === this.#gateways.join();
    this.#gateways = addresses;
    return !isSame;
  }

  /**
   * Takes what readings tell of devices and their neighbors.
   * @param date now, ms since the Unix epoch
   * @returns whether {@link parents} may be others now
   */
  take(readings: readonly Reading[], date: number): boolean {
    let changed = false;
    for (const { metric, labels, info = {} } of readings) {
      const { device, neighbor } = labels;
      if (device === undefined) continue;
      if (metric === 'device_up') {
        if (!this.#devices.has(device)) changed = true;
        this.#devices.add(device);
        const address = info.address?.replace(/^([^:]+):\d+$/, '$1');
        for (const name of [device, info.hostname, address]) {
          if (name !== undefined && this.#name(name, device)) changed = true;
        }
      } else if (metric === 'lldp_neighbor' && neighbor !== undefined) {
        if (this.#link(device, neighbor, date)) changed = true;
        if (labels.interface !== undefined) this.#hear(device, labels.interface, neighbor);
      } else if (metric === 'bridge_neighbor' && neighbor !== undefined) {
        const link = {
          ...{ device, neighbor, interface: labels.interface ?? '' },
          addresses: Number(info.addresses ?? 1),
        };
        if (this.#bridges.take(link, date)) changed = true;
      }
    }
    return changed;
  }

  /** Forgets devices. */
  remove(devices: ReadonlySet<string>): void {
    for (const device of devices) {
      this.#devices.delete(device);
      this.#count -= this.#links.get(device)?.size ?? 0;
      this.#links.delete(device);
      this.#ports.delete(device);
    }
    this.#bridges.remove(devices);
    for (const [name, device] of this.#names) if (devices.has(device)) this.#names.delete(name);
  }

  /** Names of the gateways among the devices. */
  get gateways(): string[] {
    const found = this.#gateways.map((address) => this.#deviceOf(address));
    return [...new Set(found.filter((device) => device !== undefined))];
  }

  /**
   * The parents of each device: its neighbors that are a step nearer to a root, or else the gateways.
   * @param roots through which everything is reached, beside the gateways
   * @param options what of it is to be used, and the parents that are known otherwise
   */
  parents(
    roots: readonly string[],
    {
      gateway = true,
      neighbors: isHeard = true,
      typed = () => [],
    }: {
      gateway?: boolean;
      neighbors?: boolean;
      typed?: (device: string) => readonly string[];
    } = {},
  ): Map<string, string[]> {
    const gateways = gateway ? this.gateways : [];
    const neighbors = isHeard ? this.#graph(typed) : new Map<string, Set<string>>();
    const steps = new Map([...roots, ...gateways].map((root) => [root, 0]));
    spread(steps, neighbors);
    if (isHeard && gateways.length > 0) {
      // Of a bridge of which nobody tells where it is, it is known at least what is behind it.
      for (const bridge of this.#bridges.bridges) if (!steps.has(bridge)) steps.set(bridge, 1);
      spread(steps, neighbors);
    }
    const parents = new Map<string, string[]>();
    for (const device of this.#devices) {
      const step = steps.get(device);
      if (step === 0) continue;
      const nearer = [...(neighbors.get(device) ?? [])].filter(
        (other) => step !== undefined && steps.get(other) === step - 1,
      );
      const found = nearer.length === 0 ? gateways : nearer;
      if (found.length > 0) parents.set(device, found);
    }
    return parents;
  }

  state(): NeighborsState {
    const links = [...this.#links].flatMap(([device, heard]) =>
      [...heard].map(([neighbor, at]): [string, string, number] => [device, neighbor, at]),
    );
    const ports = [...this.#ports].flatMap(([device, heard]) =>
      [...heard].map(([port, neighbor]): [string, string, string] => [device, port, neighbor]),
    );
    return {
      ...{ links, names: [...this.#names], gateways: [...this.#gateways], ports },
      bridges: this.#bridges.state(),
    };
  }

  restore({ links, names, gateways, ports, bridges }: NeighborsState): void {
    this.#gateways = gateways;
    for (const [device, port, neighbor] of ports) this.#hear(device, port, neighbor);
    this.#bridges.restore(bridges);
    for (const [name, device] of names) {
      this.#devices.add(device);
      this.#names.set(name, device);
    }
    for (const [device, neighbor, at] of links) this.#link(device, neighbor, at);
  }

  #link(device: string, neighbor: string, date: number): boolean {
    const heard = this.#links.get(device) ?? new Map<string, number>();
    this.#links.set(device, heard);
    const isNew = !heard.has(neighbor);
    if (isNew && this.#count >= maxLinks) return false;
    heard.set(neighbor, date);
    if (!isNew) return false;
    this.#count++;
    for (const [name, at] of heard) {
      if (date - at > keptFor && heard.delete(name)) this.#count--;
    }
    return true;
  }

  #hear(device: string, port: string, neighbor: string): void {
    const ports = this.#ports.get(device) ?? new Map<string, string>();
    if (ports.size < maxPorts) this.#ports.set(device, ports.set(port, neighbor));
  }

  // Also by the first part alone: switches leave their domain out, or have it.
  #name(name: string, device: string): boolean {
    let changed = false;
    for (const key of keysOf(name)) {
      if (this.#names.has(key)) continue;
      this.#names.set(key, device);
      changed = true;
    }
    return changed;
  }

  #deviceOf(name: string): string | undefined {
    if (this.#devices.has(name)) return name;
    for (const key of keysOf(name)) {
      const device = this.#names.get(key);
      if (device !== undefined) return device;
    }
    return undefined;
  }

  // Who is beside whom, whoever of the two told of it.
  #graph(typed: (device: string) => readonly string[]): Map<string, Set<string>> {
    const graph = new Map<string, Set<string>>();
    const add = (from: string, to: string) => {
      const beside = graph.get(from) ?? new Set();
      graph.set(from, beside.add(to));
    };
    const join = (device: string, other: string) => {
      add(device, other);
      add(other, device);
    };
    for (const [device, heard] of this.#links) {
      for (const name of heard.keys()) {
        const neighbor = this.#deviceOf(name);
        if (neighbor !== undefined && neighbor !== device) join(device, neighbor);
      }
    }
    const known = {
      deviceOf: (address: string) => this.#deviceOf(address),
      isTold: (device: string, port: string) => {
        const neighbor = this.#ports.get(device)?.get(port);
        return neighbor !== undefined && this.#deviceOf(neighbor) !== undefined;
      },
      gateways: new Set([...this.#gateways, ...this.gateways]),
    };
    for (const [device, other] of this.#bridges.pairs(known)) join(device, other);
    for (const device of this.#devices) for (const parent of typed(device)) join(device, parent);
    return graph;
  }
}

// Breadth first: a Map gives what is added meanwhile, too.
function spread(steps: Map<string, number>, neighbors: ReadonlyMap<string, ReadonlySet<string>>) {
  for (const [device, step] of steps) {
    for (const next of neighbors.get(device) ?? []) {
      if (!steps.has(next)) steps.set(next, step + 1);
    }
  }
}

function keysOf(name: string): string[] {
  const whole = name.toLowerCase();
  const isAddress = /^[\d.]+$|:/.test(whole);
  return isAddress ? [whole] : [...new Set([whole, whole.split('.')[0]!])];
}
