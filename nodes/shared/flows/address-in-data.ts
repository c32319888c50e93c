import { type FlowAddress, mapped } from './address.ts';

/** The IPv6 address of sixteen bytes of a datagram. */
export function ipv6At(data: Buffer, at: number): FlowAddress {
  const address = data.toString('latin1', at, at + 16);
  // Almost none begins with a zero: only those need a closer look.
  if (data[at] === 0 && address.startsWith(mapped)) return data.readUInt32BE(at + 12);
  return address;
}
