import { ipv6At } from './address-in-data.ts';
import type { Flow } from './flow.ts';

/** labels and tags before the packet, at the most: more is no frame */
const mostTags = 16;
/** extension headers of IPv6 that are skipped */
const mostExtensions = 16;

/**
 * Reads the beginning of an Ethernet frame, as samplers send it: behind VLAN tags (802.1Q, 802.1ad), PPPoE and MPLS labels.
 * The flow gets its addresses, ports and one packet, with all octets of the frame, as interfaces count them.
 * @param from where it is in the datagram
 * @param to where it ends; more of it was not sent
 * @param size octets of the frame
 * @returns false where it is no IP
 */
export function frameFlow(
  flow: Flow,
  data: Buffer,
  from: number,
  to: number,
  size: number,
): boolean {
  if (from + 14 > to) return false;
  let type = data.readUInt16BE(from + 12);
  let at = from + 14;
  for (let i = 0; i < mostTags; i++) {
    if (type === 0x8100 || type === 0x88a8 || type === 0x9100 || type === 0x9200) {
      if (at + 4 > to) return false;
      type = data.readUInt16BE(at + 2);
      at += 4;
    } else if (type === 0x8847 || type === 0x8848) {
      if (at + 5 > to) return false;
      const isLast = (data[at + 2]! & 1) === 1;
      at += 4;
      // Behind the last label nothing says what follows, but its first digit does.
      if (isLast) type = data[at]! >> 4 === 4 ? 0x0800 : data[at]! >> 4 === 6 ? 0x86dd : 0;
    } else if (type === 0x8864) {
      if (at + 8 > to) return false;
      const protocol = data.readUInt16BE(at + 6);
      type = protocol === 0x21 ? 0x0800 : protocol === 0x57 ? 0x86dd : 0;
      at += 8;
    } else if (type <= 1500 && at + 8 <= to && data.readUInt32BE(at) === 0xaaaa0300) {
      // SNAP (RFC 1042)
      type = data.readUInt16BE(at + 6);
      at += 8;
    } else {
      break;
    }
  }
  if (type !== 0x0800 && type !== 0x86dd) return false;
  return ipFlow(flow, data, at, to, size);
}

/** Reads the beginning of an IP packet likewise. @param size octets of the packet */
export function ipFlow(flow: Flow, data: Buffer, from: number, to: number, size: number): boolean {
  if (from >= to) return false;
  const version = data[from]! >> 4;
  const isRead =
    version === 4 ? ipv4(flow, data, from, to) : version === 6 && ipv6(flow, data, from, to);
  if (!isRead) return false;
  flow.packets = 1;
  flow.octets = Math.max(size, 0);
  return true;
}

function ipv4(flow: Flow, data: Buffer, at: number, to: number): boolean {
  if (at + 20 > to) return false;
  flow.protocol = data[at + 9]!;
  flow.source = data.readUInt32BE(at + 12);
  flow.destination = data.readUInt32BE(at + 16);
  // Only a packet's first fragment has ports.
  const isLater = (data.readUInt16BE(at + 6) & 0x1fff) !== 0;
  if (!isLater) ports(flow, data, at + (data[at]! & 15) * 4, to);
  return true;
}

function ipv6(flow: Flow, data: Buffer, from: number, to: number): boolean {
  if (from + 40 > to) return false;
  flow.source = ipv6At(data, from + 8);
  flow.destination = ipv6At(data, from + 24);
  let next = data[from + 6]!;
  let at = from + 40;
  for (let i = 0; i < mostExtensions; i++) {
    // Hop-by-hop, routing, destination, mobility, host identity, shim6 (IANA's list of extension headers).
    const isExtension = next === 0 || next === 43 || next === 60 || (next >= 135 && next <= 140);
    const isFragment = next === 44;
    const isAuthentication = next === 51;
    if (!isExtension && !isFragment && !isAuthentication) break;
    if (at + 8 > to) {
      flow.protocol = next;
      return true;
    }
    const after = data[at]!;
    if (isFragment && (data.readUInt16BE(at + 2) & 0xfff8) !== 0) {
      flow.protocol = after;
      return true;
    }
    at += isFragment ? 8 : isAuthentication ? (data[at + 1]! + 2) * 4 : (data[at + 1]! + 1) * 8;
    next = after;
  }
  flow.protocol = next;
  ports(flow, data, at, to);
  return true;
}

function ports(flow: Flow, data: Buffer, at: number, to: number): void {
  const { protocol } = flow;
  // TCP, UDP, DCCP, SCTP, UDP-Lite
  const has = [6, 17, 33, 132, 136].includes(protocol);
  if (!has || at + 4 > to) return;
  flow.sourcePort = data.readUInt16BE(at);
  flow.destinationPort = data.readUInt16BE(at + 2);
}
