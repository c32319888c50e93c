import type { NetworkInterfaceInfo } from 'node:os';
import type { Gateway } from '../../shared/host/gateways.ts';
import { isVirtual } from '../../shared/match/port-kind.ts';
import type { Suggestions } from '../look.ts';

/** bits of the mask of the largest network that is offered as it is: 1,022 hosts */
const leastBits = 22;
/** bits of the mask of what is offered of a larger one: what is around this machine */
const aroundBits = 24;
const maxNetworks = 20;
const maxNeighbours = 100;

/** What this machine knows of the networks around it. */
export interface Surroundings {
  /** `os.networkInterfaces()` */
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>;
  gateways: readonly Gateway[];
  neighbours: readonly Neighbour[];
}

export interface Neighbour {
  address: string;
  /** missing where it is not told */
  interface?: string;
}

/** What to offer for looking: nothing is asked for it. Link-local addresses and containers are left out. */
export function suggest({ interfaces, gateways, neighbours }: Surroundings): Suggestions {
  const isOffered = (name: string) =>
    !isVirtual(name, undefined) || gateways.some((gateway) => gateway.interface === name);
  const own = Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos.flatMap((info) => (isOffered(name) && !info.internal ? networkOf(name, info) : [])),
  );
  const withGateways = own.map(({ first, last, ...network }) => {
    const within = ({ address }: Gateway) =>
      first <= toNumber(address) && toNumber(address) <= last;
    const gateway = gateways.find((each) => each.interface === network.interface && within(each));
    return gateway ? { ...network, gateway: gateway.address } : network;
  });
  const isGateway = (address: string) => gateways.some((gateway) => gateway.address === address);
  const met = neighbours
    .filter((each) => each.interface === undefined || isOffered(each.interface))
    .filter(({ address }) => !isLinkLocal(address))
    .map(({ address }) => ({ address, isGateway: isGateway(address) }));
  return {
    networks: once(withGateways, ({ network }) => network)
      .sort((a, b) => Number('gateway' in b) - Number('gateway' in a))
      .slice(0, maxNetworks),
    neighbours: once(met, ({ address }) => address)
      .sort(
        (a, b) =>
          Number(b.isGateway) - Number(a.isGateway) || toNumber(a.address) - toNumber(b.address),
      )
      .slice(0, maxNeighbours),
  };
}

function networkOf(name: string, { address, family, cidr }: NetworkInterfaceInfo) {
  const told = Number(cidr?.split('/')[1]);
  // Networks of IPv6 are larger than any look; a network of one or two addresses is a line.
  if (family !== 'IPv4' || isLinkLocal(address) || !(told >= 1 && told <= 30)) return [];
  const bits = told < leastBits ? aroundBits : told;
  const size = 2 ** (32 - bits);
  const first = Math.floor(toNumber(address) / size) * size;
  const network = `${toText(first)}/${bits}`;
  return [{ network, interface: name, hosts: size - 2, first, last: first + size - 1 }];
}

/** Whom this machine has lately spoken with, from Linux' /proc/net/arp. */
export function neighboursOfProc(arp: string): Neighbour[] {
  return arp.split('\n').flatMap((line) => {
    const [address = '', , flags = '', hardware, , device] = line.trim().split(/\s+/);
    // ATF_COM: it has answered.
    const isKnown = (Number(flags) & 2) !== 0 && hardware !== '00:00:00:00:00:00';
    if (!isKnown || !isAddress(address)) return [];
    return { address, ...(device !== undefined && { interface: device }) };
  });
}

/** The same from what `arp -a` prints on macOS, BSD and Windows. */
export function neighboursOfCommand(printed: string): Neighbour[] {
  return printed.split(/\r?\n/).flatMap((line) => {
    const [address] = /\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(line) ?? [];
    const [hardware] = /\b[\da-f]{1,2}(?:[:-][\da-f]{1,2}){5}\b/i.exec(line) ?? [];
    if (address === undefined || hardware === undefined || !isAddress(address)) return [];
    // Broadcast and multicast are no neighbours (RFC 1112, 6.4).
    if (/^(?:ff[:-]){5}ff$|^0?1[:-]0?0[:-]5e/i.test(hardware)) return [];
    const [, device] = / on (\S+)/.exec(line) ?? [];
    return { address, ...(device !== undefined && { interface: device }) };
  });
}

function isAddress(text: string): boolean {
  return (
    /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) < 256)
  );
}

// RFC 3927; the metadata of clouds are there too.
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.');
}

function toNumber(address: string): number {
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function once<Entry>(list: readonly Entry[], key: (entry: Entry) => string): Entry[] {
  return [...new Map(list.toReversed().map((entry) => [key(entry), entry])).values()].reverse();
}
