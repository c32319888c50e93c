import { metrics } from '../../contract/metrics.ts';
import type { Reading } from '../../contract/reading.ts';
import { rounded } from '../../contract/round.ts';
import {
  type Count,
  type CounterBits,
  type CountName,
  countNames,
  type InterfaceState,
} from '../../contract/snapshot.ts';
import { increase, isCount } from './counter.ts';

// A poll comes a little early or late and agents refresh their counters in steps, so a full line may
// seem faster than it is: up to this factor a rate is taken as the line's speed, above it as false.
const tolerance = 1.25;
// Of an interface that does not tell its speed, in bit/s: no Ethernet is faster than 1.6 Tbit/s, and
// RFC 2863 (3.1.6) asks for 64-bit counters above 20 Mbit/s, so a wrap at over 100 Mbit/s is a reset.
const fastest = 1.6e12;
const fastestWrap = 100e6;
// So often in a row a line may seem too fast before its speed, not its counts, is taken for false:
// virtual interfaces often tell a speed that means nothing.
const doubts = 3;
// No packet is shorter than its IPv4 header.
const shortestPacket = 160;
// A 32-bit count that fell has wrapped if the growth that this means fits the line's pace so far: at most
// so many times of it, or this share of the range after a pause. Otherwise it was set back.
const mostJump = 8;
const range = 2 ** 32;
const smallGrowth = range / 1000;
// Where no pace is known yet.
const firstGrowth = range / 2;

const [inOctets, outOctets, inPackets, outPackets, inErrors, outErrors, inDiscards, outDiscards] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;

/**
 * How much each count of an interface grew, in the order of `countNames`: NaN where that cannot be told,
 * `unknown` where there is nothing to compare. Neither passes `add`. Whoever reads interfaces one after the
 * other has one for all of them: to make one for each would cost more than the rest.
 */
export type Growth = Float64Array;
const unknown = -1;

export function newGrowth(): Growth {
  return new Float64Array(countNames.length);
}

/** What is kept of an interface from poll to poll: little, for there may be very many. */
export interface SeenInterface {
  /** in the order of `countNames`; NaN for what was not told, or was no count */
  counts: Count[];
  /** when they arrived, ms on a monotonic clock */
  countedAt: number;
  /** growth a second of octets and packets of 32 bits, once there are any; NaN where unknown */
  paces: Float64Array | undefined;
  widths: Widths;
  discontinuity: number | undefined;
  /** how many polls in a row it seemed to carry more than its speed */
  tooFast: number;
  /** a speed that it told and that proved to be false, in bit/s */
  falseSpeed: number | undefined;
}

/** An interface of which nothing is known yet. */
export function unseenInterface(): SeenInterface {
  return {
    counts: countNames.map(() => Number.NaN),
    countedAt: Number.NaN,
    paces: undefined,
    widths: all[64],
    discontinuity: undefined,
    tooFast: 0,
    falseSpeed: undefined,
  };
}

/** Whether any count is another than at the poll before. */
export function hasMoved(seen: SeenInterface, now: InterfaceState): boolean {
  const { counts } = seen;
  return (
    differs(counts[inOctets]!, now.inOctets) ||
    differs(counts[outOctets]!, now.outOctets) ||
    differs(counts[inPackets]!, now.inPackets) ||
    differs(counts[outPackets]!, now.outPackets)
  );
}

function differs(before: Count, now: Count | undefined): boolean {
  return now !== undefined && now !== before && !Number.isNaN(before);
}

/**
 * Adds the readings of one interface to `readings`.
 * @param seen what the polls before saw of it; what this one sees is put into it
 * @param seconds in which its counts grew; NaN where they cannot be compared with those before, undefined
 *   where they are still those
 * @param growth what is in it does not matter
 * @param own `info` that all readings of the device have
 * @returns the number of counts that have no rate over this interval although they had a value
 */
export function addInterfaceReadings(
  readings: Reading[],
  seen: SeenInterface,
  now: InterfaceState,
  seconds: number | undefined,
  time: number,
  labels: Record<string, string>,
  growth: Growth,
  own?: Readonly<Record<string, string>>,
): number {
  const speed = believed(now.speed, seen.falseSpeed);
  const info = infoOf(now, own);
  const put = (metric: string, unit: string, value: number) => {
    readings.push(
      info ? { metric, value, unit, time, labels, info } : { metric, value, unit, time, labels },
    );
  };
  const add = (metric: string, unit: string, value: number) => {
    if (value >= 0) put(metric, unit, rounded(value, unit));
  };
  let gaps = 0;
  if (seconds !== undefined) {
    gaps = compare(growth, seen, now, seconds, speed);
    if (seen.tooFast >= doubts) seen.falseSpeed = speed;
    addRates(add, growth, now, seconds, speed);
  }
  if (now.adminUp !== undefined) {
    add('interface_admin_up', metrics.interface_admin_up, now.adminUp ? 1 : 0);
  }
  // What its operator switched off is not down.
  if (now.up !== undefined && now.adminUp !== false) {
    add('interface_up', metrics.interface_up, now.up ? 1 : 0);
  }
  if (speed > 0) put('interface_speed', metrics.interface_speed, speed);
  return gaps;
}

function addRates(
  add: (metric: string, unit: string, value: number) => void,
  growth: Growth,
  now: InterfaceState,
  seconds: number,
  speed: number,
): void {
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
  add('error_rate', metrics.error_rate, perPacket(growth, inErrors, outErrors));
  add('discard_rate', metrics.discard_rate, perPacket(growth, inDiscards, outDiscards));
  add('in_packets', metrics.in_packets, growth[inPackets]! / seconds);
  add('out_packets', metrics.out_packets, growth[outPackets]! / seconds);
}

// NaN where it is not known, or known to be false.
function believed(speed: number | undefined, falseSpeed: number | undefined): number {
  if (speed === undefined || !(speed > 0 && speed < Infinity)) return Number.NaN;
  return speed === falseSpeed ? Number.NaN : speed;
}

// Each count by its name, for this runs most of all: reading a field by a name in a variable is slow.
function compare(
  growth: Growth,
  seen: SeenInterface,
  now: InterfaceState,
  seconds: number,
  speed: number,
): number {
  const interrupted =
    seen.discontinuity !== undefined &&
    now.discontinuity !== undefined &&
    seen.discontinuity !== now.discontinuity;
  const time = interrupted ? Number.NaN : seconds;
  const most = (speed > 0 ? speed * tolerance : fastest) * time;
  const wrap = (speed > 0 ? speed * tolerance : fastestWrap) * time;
  // What a line discards it never carried, so its speed sets no bound.
  const discards = fastest * time;
  const is = widths(now);
  const was = seen.widths;
  const doubted = seen.tooFast;
  const gaps =
    grew(growth, seen, inOctets, now.inOctets, was.inOctets, is.inOctets, time, most, wrap) +
    grew(growth, seen, outOctets, now.outOctets, was.outOctets, is.outOctets, time, most, wrap) +
    grew(growth, seen, inPackets, now.inPackets, was.inPackets, is.inPackets, time, most, wrap) +
    grew(
      growth,
      seen,
      outPackets,
      now.outPackets,
      was.outPackets,
      is.outPackets,
      time,
      most,
      wrap,
    ) +
    grew(growth, seen, inErrors, now.inErrors, was.inErrors, is.inErrors, time, most, wrap) +
    grew(growth, seen, outErrors, now.outErrors, was.outErrors, is.outErrors, time, most, wrap) +
    grew(
      growth,
      seen,
      inDiscards,
      now.inDiscards,
      was.inDiscards,
      is.inDiscards,
      time,
      discards,
      wrap,
    ) +
    grew(
      growth,
      seen,
      outDiscards,
      now.outDiscards,
      was.outDiscards,
      is.outDiscards,
      time,
      discards,
      wrap,
    );
  // Once a poll, however many of its counts say so; and in a row.
  seen.tooFast = seen.tooFast > doubted ? doubted + 1 : 0;
  seen.widths = is;
  seen.discontinuity = now.discontinuity;
  return gaps;
}

// Sets the growth of one count, and returns the number of gaps in it: 0 or 1. The limits are in bits.
function grew(
  growth: Growth,
  seen: SeenInterface,
  which: number,
  now: Count | undefined,
  bitsBefore: CounterBits,
  bits: CounterBits,
  seconds: number,
  most: number,
  mostWrapped: number,
): number {
  const before = seen.counts[which]!;
  const good = now !== undefined && isCount(now, bits);
  seen.counts[which] = good ? now : Number.NaN;
  growth[which] = unknown;
  if (!good) return now === undefined ? 0 : 1;
  if (Number.isNaN(before)) return 0;
  const size = which <= outOctets ? 8 : shortestPacket;
  const wrapped = bits === 32 ? Math.min(mostWrapped / size, likely(seen, which, seconds)) : 0;
  const grown =
    bitsBefore === bits ? increase(before, now, bits, most / size, wrapped) : Number.NaN;
  growth[which] = grown;
  if (bits === 32 && which <= outPackets && grown >= 0) {
    (seen.paces ??= new Float64Array(4).fill(Number.NaN))[which] = grown / seconds;
  }
  if (!Number.isNaN(grown)) return 0;
  if (which <= outOctets && Number(now) - Number(before) > most / size) seen.tooFast++;
  return 1;
}

// The largest growth over a wrap that fits what is known of a count.
function likely({ paces }: SeenInterface, which: number, seconds: number): number {
  // Errors and discards are too few to wrap but once in years.
  if (which > outPackets) return smallGrowth;
  const pace = paces?.[which] ?? Number.NaN;
  return Number.isNaN(pace) ? firstGrowth : Math.max(mostJump * pace * seconds, smallGrowth);
}

type Widths = Readonly<Record<CountName, CounterBits>>;

const all = { 32: evenWidths(32), 64: evenWidths(64) };

// An object that tells widths mostly does so for many interfaces, poll after poll.
const completed = new WeakMap<object, Widths>();

function widths({ bits, counterBits = 64 }: InterfaceState): Widths {
  if (!bits) return all[counterBits];
  if (counterBits !== 64) return { ...all[counterBits], ...bits };
  let widths = completed.get(bits);
  if (!widths) completed.set(bits, (widths = { ...all[64], ...bits }));
  return widths;
}

function evenWidths(bits: CounterBits): Widths {
  return Object.fromEntries(countNames.map((name) => [name, bits])) as Widths;
}

function rate(octets: number, seconds: number, speed: number): number {
  const bits = (octets * 8) / seconds;
  return bits > speed ? speed : bits;
}

// Of the directions that tell both counts. More errors than packets are no more than all.
function perPacket(growth: Growth, whichIn: number, whichOut: number): number {
  const inFaults = growth[whichIn]!;
  const outFaults = growth[whichOut]!;
  const hasIn = inFaults !== unknown && growth[inPackets] !== unknown;
  const hasOut = outFaults !== unknown && growth[outPackets] !== unknown;
  if (!hasIn && !hasOut) return Number.NaN;
  const faults = (hasIn ? inFaults : 0) + (hasOut ? outFaults : 0);
  const packets = (hasIn ? growth[inPackets]! : 0) + (hasOut ? growth[outPackets]! : 0);
  return faults === 0 && packets === 0 ? 0 : Math.min(faults / packets, 1);
}

function infoOf(
  { alias, type, index }: InterfaceState,
  own?: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  if (alias === undefined && type === undefined && index === undefined && !own) return undefined;
  const info: Record<string, string> = { ...own };
  if (alias !== undefined) info.alias = alias;
  if (type !== undefined) info.type = type;
  if (index !== undefined) info.index = String(index);
  return info;
}
