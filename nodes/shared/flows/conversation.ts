import type { FlowAddress } from './address.ts';

/**
 * Source and destination as one text, short enough to be a key of very many: two characters for each IPv4 address,
 * sixteen for IPv6. A first character tells them apart where they differ.
 */
export function conversationKey(source: FlowAddress, destination: FlowAddress): string {
  if (typeof source === 'number') {
    if (typeof destination === 'number') {
      return String.fromCharCode(
        ...[source >>> 16, source & 0xffff, destination >>> 16, destination & 0xffff],
      );
    }
    return `s${shortText(source)}${destination}`;
  }
  return typeof destination === 'number'
    ? `d${source}${shortText(destination)}`
    : source + destination;
}

/** The addresses of a key. */
export function conversationOf(key: string): [source: FlowAddress, destination: FlowAddress] {
  switch (key.length) {
    case 4:
      return [numberOf(key, 0), numberOf(key, 2)];
    case 32:
      return [key.slice(0, 16), key.slice(16)];
    default:
      return key.startsWith('s')
        ? [numberOf(key, 1), key.slice(3)]
        : [key.slice(1, 17), numberOf(key, 17)];
  }
}

function shortText(address: number): string {
  return String.fromCharCode(address >>> 16, address & 0xffff);
}

function numberOf(key: string, at: number): number {
  return key.charCodeAt(at) * 65536 + key.charCodeAt(at + 1);
}
