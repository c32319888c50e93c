import type { FlowAddress } from './address.ts';
import { Networks } from './address.ts';
import type { Flow } from './flow.ts';
import type { ApplicationName } from './own-names.ts';
import { protocolName } from './protocol-names.ts';
import { portKey, serviceNames } from './service-names.ts';

const [tcp, udp] = [6, 17];

interface InNetwork {
  networks: Networks;
  name: string;
}

/** Tells what application a flow is of, by its ports and the user's own names. */
export class Applications {
  readonly #names = new Map<number, string>();
  /** names that hold in a network only: they go before the others */
  readonly #inNetworks = new Map<number, InNetwork[]>();

  constructor(own: readonly ApplicationName[] = []) {
    for (const { name, from, to, protocol, network } of own) {
      for (const one of protocol === undefined ? [tcp, udp] : [protocol]) {
        for (let port = from; port <= to; port++) {
          const key = portKey(one, port);
          if (!network) {
            this.#names.set(key, name);
            continue;
          }
          const list = this.#inNetworks.get(key) ?? [];
          list.push({ networks: new Networks([network]), name });
          this.#inNetworks.set(key, list);
        }
      }
    }
  }

  /**
   * The application of a flow: the user's own name, or what the exporter recognized; else the name of the lower of its ports that has one, or else the lower port itself as a number,
   * see {@link portKey}. Without ports it is the protocol.
   */
  keyOf(flow: Flow): number | string {
    const { protocol, sourcePort, destinationPort, source, destination } = flow;
    if (sourcePort === 0 && destinationPort === 0) {
      return flow.application === '' ? portKey(protocol, 0) : flow.application;
    }
    const sourceFirst = sourcePort !== 0 && (sourcePort < destinationPort || destinationPort === 0);
    const [low, high] = sourceFirst ? [sourcePort, destinationPort] : [destinationPort, sourcePort];
    const [ofLow, ofHigh] = sourceFirst ? [source, destination] : [destination, source];
    const isLowOnly = high === 0;
    if (flow.application !== '') {
      const own = this.#ownName(protocol, low, ofLow);
      return (
        own ?? (isLowOnly ? undefined : this.#ownName(protocol, high, ofHigh)) ?? flow.application
      );
    }
    return (
      this.#nameOf(protocol, low, ofLow) ??
      (isLowOnly ? undefined : this.#nameOf(protocol, high, ofHigh)) ??
      portKey(protocol, low)
    );
  }

  #nameOf(protocol: number, port: number, address: FlowAddress): string | undefined {
    return this.#ownName(protocol, port, address) ?? serviceNames.get(portKey(protocol, port));
  }

  #ownName(protocol: number, port: number, address: FlowAddress): string | undefined {
    const key = portKey(protocol, port);
    if (this.#inNetworks.size > 0) {
      const found = this.#inNetworks.get(key)?.find(({ networks }) => networks.has(address));
      if (found) return found.name;
    }
    return this.#names.get(key);
  }
}

/** The text of an application's key: its name, `tcp/8765`, or the protocol. */
export function applicationText(key: number | string): string {
  if (typeof key === 'string') return key;
  const [protocol, port] = [Math.floor(key / 65536), key % 65536];
  return port === 0 ? protocolName(protocol) : `${protocolName(protocol)}/${port}`;
}
