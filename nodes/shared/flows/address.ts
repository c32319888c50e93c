/**
 * An IP address as it is counted: IPv4 as a number of 32 bits, IPv6 as a text of sixteen characters, one a byte.
 * Both are keys of a Map as they are. An IPv4 address in IPv6 (RFC 4291, 2.5.5.2) is the IPv4 one.
 */
export type FlowAddress = number | string;

/** how an IPv4 address in IPv6 begins */
export const mapped = `${'\0'.repeat(10)}\u00ff\u00ff`;

/** The text of an address: `10.0.0.1`, or IPv6 as RFC 5952 writes it. */
export function addressText(address: FlowAddress): string {
  if (typeof address === 'number') {
    return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
  }
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((address.charCodeAt(2 * i) << 8) | address.charCodeAt(2 * i + 1)).toString(16),
  );
  let [from, length] = [0, 0];
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (groups[end] === '0') end++;
    if (end - i > length) [from, length] = [i, end - i];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
}

/** Reads `10.0.0.1` or `fd00::1`; undefined where a text is no address. */
export function parseFlowAddress(text: string): FlowAddress | undefined {
  const quad = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (quad) {
    const bytes = quad.slice(1).map(Number);
    if (bytes.some((byte) => byte > 255)) return undefined;
    return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  }
  const bytes = ipv6Bytes(text);
  if (!bytes) return undefined;
  const address = String.fromCharCode(...bytes);
  if (!address.startsWith(mapped)) return address;
  return bytes.slice(12).reduce((sum, byte) => sum * 256 + byte, 0);
}

function ipv6Bytes(text: string): number[] | undefined {
  if (text.length > 45 || !/^[\da-f:]*:[\da-f:]*(\d+\.\d+\.\d+\.\d+)?$/i.test(text)) {
    return undefined;
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(bytesOf);
  if (!head || (halves.length === 2 && !tail)) return undefined;
  if (!tail) return head.length === 16 ? head : undefined;
  const gap = 16 - head.length - tail.length;
  return gap < 2 ? undefined : [...head, ...Array<number>(gap).fill(0), ...tail];
}

// Of the groups on one side of `::`.
function bytesOf(text: string): number[] | undefined {
  const bytes: number[] = [];
  const groups = text === '' ? [] : text.split(':');
  for (const [i, group] of groups.entries()) {
    if (i === groups.length - 1 && group.includes('.')) {
      const address = parseFlowAddress(group);
      if (typeof address !== 'number') return undefined;
      bytes.push(address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255);
    } else if (/^[\da-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    } else {
      return undefined;
    }
  }
  return bytes;
}

/** An address with all but its first bits as zeros: its network. */
export function networkOf(address: FlowAddress, bits: number): FlowAddress {
  if (typeof address === 'number') {
    return bits <= 0 ? 0 : bits >= 32 ? address : (address & (-1 << (32 - bits))) >>> 0;
  }
  if (bits >= 128) return address;
  const whole = bits >> 3;
  const part = address.charCodeAt(whole) & (0xff00 >> (bits & 7)) & 0xff;
  return (address.slice(0, whole) + String.fromCharCode(part)).padEnd(16, '\0');
}

/** A network as it is written: `10.0.0.0/8`. An address alone is a network of itself. */
export interface Network {
  address: FlowAddress;
  bits: number;
}

/** Reads `10.0.0.0/8`, `fd00::/8` or an address; undefined where it is none. What is beyond its bits does not count. */
export function parseNetwork(text: string): Network | undefined {
  const [, host, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const address = host === undefined ? undefined : parseFlowAddress(host);
  if (address === undefined) return undefined;
  const most = typeof address === 'number' ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  return bits > most ? undefined : { address: networkOf(address, bits), bits };
}

/** Whether addresses are in one of some networks. */
export class Networks {
  /** IPv4 networks: where each begins, and which bits count */
  readonly #first: number[] = [];
  readonly #mask: number[] = [];
  readonly #long: Network[] = [];

  constructor(networks: readonly Network[]) {
    for (const { address, bits } of networks) {
      if (typeof address === 'number') {
        this.#first.push(address | 0);
        this.#mask.push(bits === 0 ? 0 : -1 << (32 - bits));
      } else {
        this.#long.push({ address, bits });
      }
    }
  }

  has(address: FlowAddress): boolean {
    if (typeof address === 'number') {
      for (let i = 0; i < this.#first.length; i++) {
        if ((address & this.#mask[i]!) === this.#first[i]) return true;
      }
      return false;
    }
    return this.#long.some((network) => networkOf(address, network.bits) === network.address);
  }
}
