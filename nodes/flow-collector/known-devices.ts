import { parseFlowAddress } from '../shared/flows/address.ts';
import type { NamedInterfaces } from '../shared/red/interface-events.ts';
import type { WatchedList } from '../shared/red/watch-events.ts';

/** interfaces of a device whose names are kept, and devices */
const [mostInterfaces, mostDevices] = [4096, 10_000];

/** What other nodes tell of devices: their names by address, and those of their interfaces. */
export class KnownDevices {
  readonly #lists = new Map<string, WatchedList['devices']>();
  readonly #interfaces = new Map<string, Map<number, string>>();
  readonly #isThere: (node: string) => boolean;

  /** @param isThere whether a node still stands in the flows */
  constructor(isThere: (node: string) => boolean) {
    this.#isThere = isThere;
  }

  /** Takes the devices of a node in the place of those before. */
  setList({ node, devices }: WatchedList): void {
    if (devices.length === 0) this.#lists.delete(node);
    else this.#lists.set(node, devices);
  }

  setInterfaces({ address, names }: NamedInterfaces): void {
    const ip = plainAddress(address);
    if (this.#interfaces.size >= mostDevices && !this.#interfaces.has(ip)) return;
    this.#interfaces.set(ip, new Map(names.slice(0, mostInterfaces)));
  }

  /** Names of devices by their IP addresses. */
  names(): Map<string, string> {
    const names = new Map<string, string>();
    for (const [node, devices] of this.#lists) {
      if (!this.#isThere(node)) {
        this.#lists.delete(node);
        continue;
      }
      for (const { device, address } of devices) {
        const ip = plainAddress(address ?? '');
        if (parseFlowAddress(ip) !== undefined && device !== address) names.set(ip, device);
      }
    }
    return names;
  }

  /** The name of an interface, as the device is polled. */
  interfaceName(address: string, index: number): string | undefined {
    return this.#interfaces.get(address)?.get(index);
  }
}

// Devices may be polled at a port of their own.
function plainAddress(address: string): string {
  const [, inBrackets, v4] = /^\[([^\]%]+)[^\]]*\]|^(\d+\.\d+\.\d+\.\d+)/.exec(address) ?? [];
  return inBrackets ?? v4 ?? address;
}
