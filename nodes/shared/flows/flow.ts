import type { FlowAddress } from './address.ts';

/** what a direction is where an exporter does not tell it */
export const unknownDirection = -1;

/**
 * One flow, as a record tells it. Decoders fill in the same object again and again, for an object a record costs more
 * than its decoding: who keeps something of it copies it.
 */
export class Flow {
  source: FlowAddress = 0;
  destination: FlowAddress = 0;
  sourcePort = 0;
  destinationPort = 0;
  /** IANA's number of the protocol above IP */
  protocol = 0;
  /** ifIndex of the interfaces; 0 where not told */
  input = 0;
  output = 0;
  octets = 0;
  packets = 0;
  sourceAs = 0;
  destinationAs = 0;
  /** what the exporter calls its application; empty where it does not tell */
  application = '';
  /** where it was seen: 0 on its way in, 1 on its way out, or {@link unknownDirection} */
  direction = unknownDirection;
  /** how many ms before the datagram its first and its last packet were, by the exporter's own clock; NaN where not told */
  firstAge = Number.NaN;
  lastAge = Number.NaN;
  /** one of so many packets was seen */
  factor = 1;

  clear(): void {
    this.source = 0;
    this.destination = 0;
    this.sourcePort = 0;
    this.destinationPort = 0;
    this.protocol = 0;
    this.input = 0;
    this.output = 0;
    this.octets = 0;
    this.packets = 0;
    this.sourceAs = 0;
    this.destinationAs = 0;
    this.application = '';
    this.direction = unknownDirection;
    this.firstAge = Number.NaN;
    this.lastAge = Number.NaN;
    this.factor = 1;
  }

  /** Turns it around: the other half of a flow that was told in both directions (RFC 5103). */
  reverse(octets: number, packets: number): void {
    [this.source, this.destination] = [this.destination, this.source];
    [this.sourcePort, this.destinationPort] = [this.destinationPort, this.sourcePort];
    [this.input, this.output] = [this.output, this.input];
    [this.sourceAs, this.destinationAs] = [this.destinationAs, this.sourceAs];
    this.octets = octets;
    this.packets = packets;
  }
}

/** The counts of an interface, as sFlow tells them (sFlow version 5, `if_counters`). */
export interface InterfaceCounters {
  index: number;
  /** bit/s; 0 where unknown */
  speed: number;
  fullDuplex: boolean | undefined;
  adminUp: boolean;
  up: boolean;
  inOctets: bigint;
  outOctets: bigint;
  inPackets: number;
  outPackets: number;
  inErrors: number;
  outErrors: number;
  inDiscards: number;
  outDiscards: number;
}

/** Takes what a decoder finds in a datagram. */
export interface FlowSink {
  /** Takes a flow; it is another one afterwards. @param arrived when its datagram did, ms on a steady clock */
  flow(flow: Flow, arrived: number): void;
  counters(counters: InterfaceCounters): void;
}
