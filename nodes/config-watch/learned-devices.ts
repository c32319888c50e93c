import type { Reading } from '../contract/reading.ts';
import { toAddress } from '../shared/address.ts';
import { type Device, toDevice } from '../shared/devices/devices.ts';

/** more come out of no network that one node watches */
const most = 10_000;

/** The devices that readings are of: of those with `device_up`, whose info has the address. */
export class LearnedDevices {
  readonly #devices = new Map<string, Device>();

  /** Takes those that were learned before a restart. */
  constructor(devices: readonly Device[] = []) {
    for (const device of devices) this.#devices.set(device.name, device);
  }

  get all(): Device[] {
    return [...this.#devices.values()];
  }

  /** Learns of readings. Returns whether anything is new. */
  learn(readings: readonly Reading[]): boolean {
    let isNew = false;
    for (const { metric, labels, info } of readings) {
      const { device: name, ...others } = labels;
      if (metric !== 'device_up' || name === undefined) continue;
      const device = deviceOf(name, info?.address ?? name, others);
      if (!device || this.#has(device) || this.#devices.size >= most) continue;
      this.#devices.set(name, device);
      isNew = true;
    }
    return isNew;
  }

  /** Forgets devices that nobody asks any more. Returns whether any was known. */
  forget(names: ReadonlySet<string>): boolean {
    let isKnown = false;
    for (const name of names) isKnown = this.#devices.delete(name) || isKnown;
    return isKnown;
  }

  #has({ name, address, labels }: Device): boolean {
    const known = this.#devices.get(name);
    return known?.address === address && JSON.stringify(known.labels) === JSON.stringify(labels);
  }
}

// Its port is that of another protocol. What has no address cannot be asked.
function deviceOf(
  name: string,
  address: string,
  labels: Record<string, string>,
): Device | undefined {
  try {
    return toDevice({ name, address: toAddress('address', address).host, labels });
  } catch {
    return undefined;
  }
}
