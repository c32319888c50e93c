import { increase, isCount } from './counter.ts';
import { metrics } from './metrics.ts';
import type { Reading } from './reading.ts';
import { type Count, type CounterBits, countNames, type InterfaceState } from './snapshot.ts';

// A poll comes a little early or late and agents refresh their counters in steps, so a full line may
// seem faster than it is: up to this factor a rate is taken as the line's speed, above it as false.
const tolerance = 1.25;
// Of an interface that does not tell its speed, in bit/s: no Ethernet is faster than 1.6 Tbit/s, and
// RFC 2863 (3.1.6) asks for 64-bit counters above 20 Mbit/s, so a wrap at over 100 Mbit/s is a reset.
const fastest = 1.6e12;
const fastestWrap = 100e6;
// No packet is shorter than its IPv4 header.
const shortestPacket = 160;

const [inOctets, outOctets, inPackets, outPackets, inErrors, outErrors, inDiscards, outDiscards] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;

// How much each count grew: NaN where that cannot be told, `unknown` where there is nothing to
// compare. Neither passes `add`. Used by one call at a time, so one will do.
const growth = new Float64Array(countNames.length);
const unknown = -1;

/**
 * Adds the readings of one interface to `readings`.
 * @param before what the poll before saw of it
 * @param seconds between the two polls; NaN where the counts of the two cannot be compared
 * @returns the number of counts that have no rate over this interval although they had a value
 */
export function addInterfaceReadings(
  readings: Reading[],
  before: InterfaceState | undefined,
  now: InterfaceState,
  seconds: number,
  time: number,
  labels: Record<string, string>,
): number {
  const speed = now.speed !== undefined && now.speed > 0 && now.speed < Infinity ? now.speed : NaN;
  const gaps = compare(before, now, seconds, speed);
  const info = infoOf(now);
  const add = (metric: string, unit: string, value: number) => {
    if (!(value >= 0)) return;
    readings.push(
      info ? { metric, value, unit, time, labels, info } : { metric, value, unit, time, labels },
    );
  };

  const inRate = rate(growth[inOctets]!, seconds, speed);
  const outRate = rate(growth[outOctets]!, seconds, speed);
  add('in_rate', metrics.in_rate, inRate);
  add('out_rate', metrics.out_rate, outRate);
  const inShare = (inRate / speed) * 100;
  const outShare = (outRate / speed) * 100;
  add('in_utilization', metrics.in_utilization, inShare);
  add('out_utilization', metrics.out_utilization, outShare);
  if (inShare >= 0 && outShare >= 0) {
    const half = now.duplex === 'half';
    add(
      'utilization',
      metrics.utilization,
      half ? Math.min(inShare + outShare, 100) : Math.max(inShare, outShare),
    );
  }
  add('error_rate', metrics.error_rate, perPacket(growth[inErrors]!, growth[outErrors]!));
  add('discard_rate', metrics.discard_rate, perPacket(growth[inDiscards]!, growth[outDiscards]!));
  add('in_packets', metrics.in_packets, growth[inPackets]! / seconds);
  add('out_packets', metrics.out_packets, growth[outPackets]! / seconds);
  if (now.up !== undefined) add('interface_up', metrics.interface_up, now.up ? 1 : 0);
  add('interface_speed', metrics.interface_speed, speed);
  return gaps;
}

// Each count by its name, for this runs most of all: reading a field by a name in a variable is slow.
function compare(
  before: InterfaceState | undefined,
  now: InterfaceState,
  seconds: number,
  speed: number,
): number {
  const bits = now.counterBits ?? 64;
  const most = (speed > 0 ? speed * tolerance : fastest) * seconds;
  const mostWrapped = (speed > 0 ? speed * tolerance : fastestWrap) * seconds;
  // What a line discards it never carried, so its speed sets no bound.
  const mostDiscards = fastest * seconds;
  return (
    grew(inOctets, before?.inOctets, now.inOctets, bits, most, mostWrapped) +
    grew(outOctets, before?.outOctets, now.outOctets, bits, most, mostWrapped) +
    grew(inPackets, before?.inPackets, now.inPackets, bits, most, mostWrapped) +
    grew(outPackets, before?.outPackets, now.outPackets, bits, most, mostWrapped) +
    grew(inErrors, before?.inErrors, now.inErrors, bits, most, mostWrapped) +
    grew(outErrors, before?.outErrors, now.outErrors, bits, most, mostWrapped) +
    grew(inDiscards, before?.inDiscards, now.inDiscards, bits, mostDiscards, mostWrapped) +
    grew(outDiscards, before?.outDiscards, now.outDiscards, bits, mostDiscards, mostWrapped)
  );
}

// Sets the growth of one count, and returns the number of gaps in it: 0 or 1. The limits are in bits.
function grew(
  which: number,
  before: Count | undefined,
  now: Count | undefined,
  counterBits: CounterBits,
  most: number,
  mostWrapped: number,
): number {
  growth[which] = unknown;
  if (now === undefined) return 0;
  if (!isCount(now, counterBits)) return 1;
  if (before === undefined || !isCount(before, counterBits)) return 0;
  const size = which <= outOctets ? 8 : shortestPacket;
  const grown = increase(before, now, counterBits, most / size, mostWrapped / size);
  growth[which] = grown;
  return Number.isNaN(grown) ? 1 : 0;
}

function rate(octets: number, seconds: number, speed: number): number {
  const bits = (octets * 8) / seconds;
  return bits > speed ? speed : bits;
}

// Of the directions that tell both counts. More errors than packets are no more than all.
function perPacket(inFaults: number, outFaults: number): number {
  const hasIn = inFaults !== unknown && growth[inPackets] !== unknown;
  const hasOut = outFaults !== unknown && growth[outPackets] !== unknown;
  if (!hasIn && !hasOut) return Number.NaN;
  const faults = (hasIn ? inFaults : 0) + (hasOut ? outFaults : 0);
  const packets = (hasIn ? growth[inPackets]! : 0) + (hasOut ? growth[outPackets]! : 0);
  return faults === 0 && packets === 0 ? 0 : Math.min(faults / packets, 1);
}

function infoOf({ alias, type, index }: InterfaceState): Record<string, string> | undefined {
  if (alias === undefined && type === undefined && index === undefined) return undefined;
  const info: Record<string, string> = {};
  if (alias !== undefined) info.alias = alias;
  if (type !== undefined) info.type = type;
  if (index !== undefined) info.index = String(index);
  return info;
}
