import { type Address, toAddress } from '../../shared/address.ts';
import { Problem, show } from '../../shared/problem.ts';

/** addresses that are looked at at a time: four networks of 256 */
const maxTargets = 1024;
/** characters of a list: as many of the longest addresses */
const maxText = 64 * maxTargets;
/** bad parts that are named */
const maxNamed = 5;

/** Neighbouring addresses of one version of IP. */
interface Block {
  first: bigint;
  count: bigint;
  write: (value: bigint) => string;
}

/**
 * Reads what to look at: addresses, names, ranges (`10.0.1.5-20`, `10.0.1.5-10.0.2.9`) and networks
 * (`10.0.0.0/24`, `fd00::/120`), divided by commas, blanks or lines. Each address comes once, in the order of the
 * list; the addresses of a network itself and of its broadcast are left out (RFC 950; RFC 4291, 2.6.1).
 * Throws a Problem that names what it cannot read, or where there are more than {@link maxTargets}.
 */
export function parseTargets(text: unknown): Address[] {
  if (typeof text !== 'string' || /^[\s,;]*$/.test(text)) throw new Problem('lookNothing');
  if (text.length > maxText) throw new Problem('lookTooLong', { max: maxText });
  const bad: string[] = [];
  const blocks: (Address | Block)[] = [];
  for (const part of text.split(/[\s,;]+/).filter((each) => each !== '')) {
    const block = readPart(part);
    if (block) blocks.push(block);
    else bad.push(part);
  }
  if (bad.length > 0) {
    const named = bad.slice(0, maxNamed).map(show);
    const list = [...named, ...(bad.length > maxNamed ? ['…'] : [])].join(', ');
    throw new Problem('lookTarget', { list });
  }
  return addressesOf(blocks);
}

function addressesOf(blocks: readonly (Address | Block)[]): Address[] {
  const targets = new Map<string, Address>();
  const add = (address: Address) => {
    targets.set(`${address.host.toLowerCase()} ${address.port ?? ''}`, address);
    if (targets.size > maxTargets) throw tooMany(blocks);
  };
  for (const block of blocks) {
    if ('host' in block) {
      add(block);
    } else {
      if (block.count > maxTargets) throw tooMany(blocks);
      for (let i = 0n; i < block.count; i++) add({ host: block.write(block.first + i) });
    }
  }
  return [...targets.values()];
}

// Some of them may be the same: it is told what was asked for.
function tooMany(blocks: readonly (Address | Block)[]): Problem {
  const count = blocks.reduce((sum, block) => sum + ('host' in block ? 1n : block.count), 0n);
  const told = count > 1_000_000n ? '> 1,000,000' : count.toLocaleString('en-US');
  return new Problem('lookTooMany', { count: told, max: maxTargets.toLocaleString('en-US') });
}

function readPart(part: string): Address | Block | undefined {
  if (part.includes('/')) return network(part);
  if (/^[\d.]+-[\d.]+$/.test(part)) return range(part);
  try {
    const address = toAddress('targets', part);
    const value = fromText4(address.host) ?? fromText6(address.host);
    if (value === undefined) return address;
    if (!isOfOneDevice(value, address.host.includes(':'))) return undefined;
    // One way to write an address: fd00::0:1 is fd00::1.
    const host = address.host.includes(':') ? toText6(value) : address.host;
    const zone = /%.*$/.exec(address.host)?.[0] ?? '';
    return { ...address, host: host + zone };
  } catch {
    return undefined;
  }
}

function network(part: string): Block | undefined {
  const [, text, bits] = /^([\da-f:.]+)\/(\d{1,3})$/i.exec(part) ?? [];
  if (text === undefined) return undefined;
  const value4 = fromText4(text);
  const value = value4 ?? fromText6(text);
  const width = value4 === undefined ? 128 : 32;
  if (value === undefined || Number(bits) > width) return undefined;
  const size = 1n << BigInt(width - Number(bits));
  const first = value - (value % size);
  if (!isOfOneDevice(first === 0n ? value : first, width === 128)) return undefined;
  // RFC 3021, RFC 6164: two addresses are two devices.
  if (size <= 2n) return { first, count: size, write: width === 32 ? toText4 : toText6 };
  return width === 32
    ? { first: first + 1n, count: size - 2n, write: toText4 }
    : { first: first + 1n, count: size - 1n, write: toText6 };
}

function range(part: string): Block | undefined {
  const [from, to] = part.split('-') as [string, string];
  const end = /^\d+$/.test(to) ? from.replace(/\d+$/, to) : to;
  const [first, last] = [fromText4(from), fromText4(end)];
  if (first === undefined || last === undefined || last < first) return undefined;
  if (!isOfOneDevice(first, false) || !isOfOneDevice(last, false)) return undefined;
  return { first, count: last - first + 1n, write: toText4 };
}

/** Whether a value is an address of one device: neither none, nor of several (multicast, broadcast). */
function isOfOneDevice(value: bigint, isV6: boolean): boolean {
  if (isV6) return value !== 0n && value >> 120n !== 0xffn;
  const first = Number(value >> 24n);
  return first > 0 && first < 224;
}

/** The number that an IPv4 address is; undefined for any other text. */
function fromText4(text: string): bigint | undefined {
  const parts = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? text.split('.').map(Number) : [];
  if (parts.length === 0 || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function toText4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

/** The number that an IPv6 address is, without its zone; undefined for any other text. */
function fromText6(text: string): bigint | undefined {
  const [plain] = text.split('%', 1) as [string];
  const host = plain.includes(':') ? URL.parse(`http://[${plain}]/`)?.hostname : undefined;
  if (host === undefined) return undefined;
  const [before, after] = host.slice(1, -1).split('::') as [string, string?];
  const words = (side: string) => (side === '' ? [] : side.split(':'));
  const [left, right] = [words(before), words(after ?? '')];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((v, word) => v * 65536n + BigInt(`0x${word}`), 0n);
}

function toText6(value: bigint): string {
  const words = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(16 * (7 - i))) & 0xffffn).toString(16),
  );
  return URL.parse(`http://[${words.join(':')}]/`)!.hostname.slice(1, -1);
}
