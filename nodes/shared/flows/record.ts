import type { FlowAddress } from './address.ts';
import { ipv6At } from './address-in-data.ts';
import { kind } from './fields.ts';
import type { Template } from './template.ts';

/** Fields of a record, by their kind; texts and sections are in the datagram. */
export class RecordValues {
  readonly numbers = new Float64Array(Object.keys(kind).length);
  /** IPv6 addresses; undefined where it has none */
  source6: FlowAddress | undefined;
  destination6: FlowAddress | undefined;
  /** where the texts and sections begin and end in the datagram, by kind */
  readonly from = new Int32Array(Object.keys(kind).length);
  readonly to = new Int32Array(Object.keys(kind).length);
}

/** The address of a record that may have it in either form: what is not used of the two is zero. */
export function addressOf(ipv4: number, ipv6: FlowAddress | undefined): FlowAddress {
  return ipv4 !== 0 || ipv6 === undefined ? ipv4 : ipv6;
}

/**
 * Reads the record at a place of a datagram.
 * @param values is filled with what it holds; numbers that it does not have are 0, a direction -1
 * @returns where it ends, or -1 where it would go beyond `end`
 */
export function readRecord(
  values: RecordValues,
  template: Template,
  data: Buffer,
  at: number,
  end: number,
): number {
  const { plan } = template;
  values.numbers.fill(0);
  values.numbers[kind.direction] = -1;
  values.source6 = undefined;
  values.destination6 = undefined;
  if (template.isVariable) return readVariable(values, plan, data, at, end);
  const next = at + template.length;
  if (next > end) return -1;
  for (let i = 0; i < plan.length; i += 3) {
    readField(values, plan[i]!, data, at + plan[i + 1]!, plan[i + 2]!);
  }
  return next;
}

function readVariable(
  values: RecordValues,
  plan: Int32Array,
  data: Buffer,
  start: number,
  end: number,
): number {
  let at = start;
  for (let i = 0; i < plan.length; i += 3) {
    let length = plan[i + 2]!;
    if (length === 65535) {
      if (at >= end) return -1;
      length = data[at++]!;
      if (length === 255) {
        if (at + 2 > end) return -1;
        length = data.readUInt16BE(at);
        at += 2;
      }
    }
    if (at + length > end) return -1;
    const means = plan[i]!;
    if (means !== kind.skip) readField(values, means, data, at, length);
    at += length;
  }
  return at;
}

function readField(
  values: RecordValues,
  means: number,
  data: Buffer,
  at: number,
  length: number,
): void {
  switch (means) {
    case kind.source6:
      values.source6 = ipv6At(data, at);
      return;
    case kind.destination6:
      values.destination6 = ipv6At(data, at);
      return;
    case kind.firstFraction:
    case kind.lastFraction:
      // NTP's form (RFC 7011, 6.1.9): seconds since 1900, and a fraction of 32 bits.
      values.numbers[means] =
        (uint(data, at, 4) - ntpEpoch) * 1000 + (uint(data, at + 4, 4) / 2 ** 32) * 1000;
      return;
    case kind.interfaceName:
    case kind.interfaceDescription:
    case kind.applicationName:
    case kind.section:
    case kind.ipSection:
      values.from[means] = at;
      values.to[means] = at + length;
      values.numbers[means] = length;
      return;
    default:
      if (length >= 1 && length <= 8) values.numbers[means] = uint(data, at, length);
  }
}

/** s from 1900 to 1970 */
const ntpEpoch = 2_208_988_800;

// Unsigned, of one to eight octets; one above 2^53 loses digits.
function uint(data: Buffer, at: number, length: number): number {
  switch (length) {
    case 1:
      return data[at]!;
    case 2:
      return (data[at]! << 8) | data[at + 1]!;
    case 4:
      return data[at]! * 0x1000000 + ((data[at + 1]! << 16) | (data[at + 2]! << 8) | data[at + 3]!);
    case 8:
      return uint(data, at, 4) * 2 ** 32 + uint(data, at + 4, 4);
    default: {
      let value = 0;
      for (let i = 0; i < length; i++) value = value * 256 + data[at + i]!;
      return value;
    }
  }
}
