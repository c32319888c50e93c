import { ipv6At } from './address-in-data.ts';
import type { Exporter } from './exporter.ts';
import { type Flow, type FlowSink, unknownDirection } from './flow.ts';
import { frameFlow, ipFlow } from './packet.ts';

/** samples in a datagram, and records in a sample: more is none of them */
const mostParts = 10_000;

/**
 * Decodes a datagram of sFlow version 5 (sflow.org, "sFlow Version 5", 2004): samples of frames, each one flow of one packet,
 * and the counters of interfaces. What it has besides is skipped by its length.
 */
export function decodeSflow(
  data: Buffer,
  exporter: Exporter,
  arrived: number,
  flow: Flow,
  sink: FlowSink,
): void {
  const part: Part = { data, exporter, arrived, flow, sink };
  const { tally } = exporter;
  const isV6 = data.length >= 8 && data.readUInt32BE(4) === 2;
  let at = isV6 ? 24 : 12;
  const domain = data.length < at + 16 ? undefined : exporter.domain('sFlow', agentOf(data, at));
  if (!domain) {
    tally.malformed++;
    return;
  }
  domain.seeUptime(data.readUInt32BE(at + 8));
  domain.sequence.see(data.readUInt32BE(at + 4), [1]);
  const count = Math.min(data.readUInt32BE(at + 12), mostParts);
  at += 16;
  for (let i = 0; i < count; i++) {
    if (at + 8 > data.length) {
      tally.malformed++;
      return;
    }
    const format = data.readUInt32BE(at);
    const from = at + 8;
    const end = from + data.readUInt32BE(at + 4);
    if (end > data.length) {
      tally.malformed++;
      return;
    }
    const isWhole =
      format === 1
        ? flowSample(part, from, end)
        : format === 3
          ? expandedFlowSample(part, from, end)
          : format === 2
            ? counterSample(data, from + 8, end, sink)
            : format === 4
              ? counterSample(data, from + 12, end, sink)
              : true;
    if (!isWhole) tally.malformed++;
    at = end;
  }
}

// A proxy sends for several: the last four octets of the agent's address, and the number of its part.
function agentOf(data: Buffer, at: number): number {
  return data.readUInt32BE(at - 4) * 2 ** 20 + (data.readUInt32BE(at) & 0xfffff);
}

/** What all samples of a datagram have in common. */
interface Part {
  data: Buffer;
  exporter: Exporter;
  arrived: number;
  flow: Flow;
  sink: FlowSink;
}

function flowSample(part: Part, from: number, end: number): boolean {
  const { data, flow } = part;
  if (from + 32 > end) return false;
  flow.clear();
  const source = data.readUInt32BE(from + 4);
  flow.factor = Math.max(1, data.readUInt32BE(from + 8));
  // The two highest bits say that it is no single interface.
  const single = (value: number) => (value >= 0x40000000 || value === internal ? 0 : value);
  flow.input = single(data.readUInt32BE(from + 20));
  flow.output = single(data.readUInt32BE(from + 24));
  // The highest octet is the kind of source: 0 is an interface.
  flow.direction = directionOf(flow, source >>> 24 === 0 ? source & 0xffffff : 0);
  return records(part, from + 28, end);
}

function expandedFlowSample(part: Part, from: number, end: number): boolean {
  const { data, flow } = part;
  if (from + 44 > end) return false;
  flow.clear();
  const source = data.readUInt32BE(from + 4) === 0 ? data.readUInt32BE(from + 8) : 0;
  flow.factor = Math.max(1, data.readUInt32BE(from + 12));
  const single = (at: number) =>
    data.readUInt32BE(at) === 0 && data.readUInt32BE(at + 4) !== internal
      ? data.readUInt32BE(at + 4)
      : 0;
  flow.input = single(from + 24);
  flow.output = single(from + 32);
  flow.direction = directionOf(flow, source);
  return records(part, from + 40, end);
}

/** the device itself, as an interface */
const internal = 0x3fffffff;

// Where both ways of an interface are sampled, each packet would count twice.
function directionOf({ input, output }: Flow, source: number): number {
  if (source === 0) return unknownDirection;
  if (input === source) return 0;
  return output === source ? 1 : unknownDirection;
}

function records(part: Part, start: number, end: number): boolean {
  const { data, exporter, arrived, flow, sink } = part;
  const count = Math.min(data.readUInt32BE(start), mostParts);
  let [isFlow, isSeen] = [false, false];
  let at = start + 4;
  for (let i = 0; i < count; i++) {
    if (at + 8 > end) return false;
    const format = data.readUInt32BE(at);
    const from = at + 8;
    const next = from + data.readUInt32BE(at + 4);
    if (next > end) return false;
    if (format === 1 && !isFlow) {
      isSeen = true;
      isFlow = rawHeader(data, from, next, flow);
    } else if ((format === 3 || format === 4) && !isFlow) {
      isSeen = true;
      isFlow = sampledIp(data, from, next, flow, format === 3 ? 4 : 16);
    } else if (format === 1003) {
      gateway(data, from, next, flow);
    }
    // The parts of a sample begin at four octets each.
    at = next;
  }
  if (isFlow) {
    exporter.tally.flows++;
    sink.flow(flow, arrived);
  } else if (isSeen) {
    exporter.tally.notIp++;
  }
  return true;
}

function rawHeader(data: Buffer, from: number, end: number, flow: Flow): boolean {
  if (from + 16 > end) return false;
  const protocol = data.readUInt32BE(from);
  // With what was stripped of it, such as the checksum.
  const size = data.readUInt32BE(from + 4);
  const to = Math.min(from + 16 + data.readUInt32BE(from + 12), end);
  // header_protocol: 1 Ethernet, 11 IPv4, 12 IPv6
  if (protocol === 1) return frameFlow(flow, data, from + 16, to, size);
  if (protocol === 11 || protocol === 12) return ipFlow(flow, data, from + 16, to, size);
  return false;
}

// What switches send that tell fields in the place of the header.
function sampledIp(data: Buffer, from: number, end: number, flow: Flow, width: number): boolean {
  const ports = from + 8 + 2 * width;
  if (ports + 8 > end) return false;
  flow.octets = data.readUInt32BE(from);
  flow.packets = 1;
  flow.protocol = data.readUInt32BE(from + 4) & 255;
  flow.source = width === 4 ? data.readUInt32BE(from + 8) : ipv6At(data, from + 8);
  flow.destination = width === 4 ? data.readUInt32BE(from + 12) : ipv6At(data, from + 24);
  flow.sourcePort = data.readUInt32BE(ports) & 65535;
  flow.destinationPort = data.readUInt32BE(ports + 4) & 65535;
  return true;
}

// extended_gateway: the next hop, the router's AS, that of the source, its neighbour's, and the way to the destination's.
function gateway(data: Buffer, from: number, end: number, flow: Flow): void {
  if (from + 4 > end) return;
  const type = data.readUInt32BE(from);
  const at = from + 4 + (type === 1 ? 4 : type === 2 ? 16 : 0);
  if (at + 16 > end) return;
  flow.sourceAs = data.readUInt32BE(at + 4);
  const segments = Math.min(data.readUInt32BE(at + 12), mostParts);
  let next = at + 16;
  for (let i = 0; i < segments && next + 8 <= end; i++) {
    const length = data.readUInt32BE(next + 4);
    const last = next + 8 + (length - 1) * 4;
    if (length === 0 || last + 4 > end) return;
    flow.destinationAs = data.readUInt32BE(last);
    next = last + 4;
  }
}

function counterSample(data: Buffer, start: number, end: number, sink: FlowSink): boolean {
  if (start + 4 > end) return false;
  const count = Math.min(data.readUInt32BE(start), mostParts);
  let at = start + 4;
  for (let i = 0; i < count; i++) {
    if (at + 8 > end) return false;
    const format = data.readUInt32BE(at);
    const from = at + 8;
    const next = from + data.readUInt32BE(at + 4);
    if (next > end) return false;
    if (format === 1 && next - from >= 88) sink.counters(ifCounters(data, from));
    at = next;
  }
  return true;
}

const unknownCount = 0xffffffff;

function ifCounters(data: Buffer, at: number) {
  const u32 = (offset: number) => data.readUInt32BE(at + offset);
  // A count that is not kept is all ones.
  const sum = (...offsets: number[]) =>
    offsets.map(u32).reduce((all, one) => all + (one === unknownCount ? 0 : one), 0);
  const duplex = u32(16);
  return {
    index: u32(0),
    speed: Number(data.readBigUInt64BE(at + 8)),
    fullDuplex: duplex === 1 ? true : duplex === 2 ? false : undefined,
    adminUp: (u32(20) & 1) === 1,
    up: (u32(20) & 2) === 2,
    inOctets: data.readBigUInt64BE(at + 24),
    inPackets: sum(32, 36, 40),
    inDiscards: sum(44),
    inErrors: sum(48),
    outOctets: data.readBigUInt64BE(at + 56),
    outPackets: sum(64, 68, 72),
    outDiscards: sum(76),
    outErrors: sum(80),
  };
}
