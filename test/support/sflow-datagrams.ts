import { ip, u } from './flow-datagrams.ts';

/** A part of an sFlow datagram: its format, its length, what is in it. */
function part(format: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  // XDR has four octets each.
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  return Buffer.concat([u(format, 4), u(padded.length, 4), padded]);
}

/** A datagram of sFlow version 5. */
export function sflow(
  samples: readonly Buffer[],
  { sequence = 1, uptime = 1e6, agent = '192.0.2.1' } = {},
): Buffer {
  return Buffer.concat([
    ...[u(5, 4), u(1, 4), ip(agent), u(0, 4), u(sequence, 4), u(uptime, 4), u(samples.length, 4)],
    ...samples,
  ]);
}

/** The record of the beginning of a frame. @param size octets of the frame, with the checksum that is left out */
export function rawHeader(frame: Buffer, size = frame.length + 4, most = 128): Buffer {
  const header = frame.subarray(0, most);
  return part(1, u(1, 4), u(size, 4), u(4, 4), u(header.length, 4), header);
}

interface Sample {
  factor?: number;
  input?: number;
  output?: number;
  /** ifIndex of the interface that samples */
  source?: number;
  isExpanded?: boolean;
}

/** A sample of a frame. */
export function flowSample(records: readonly Buffer[], sample: Sample = {}): Buffer {
  const { factor = 1, input = 1, output = 2, source = input, isExpanded = false } = sample;
  if (isExpanded) {
    return part(
      3,
      ...[u(1, 4), u(0, 4), u(source, 4), u(factor, 4), u(1000, 4), u(0, 4)],
      ...[u(0, 4), u(input, 4), u(0, 4), u(output, 4), u(records.length, 4)],
      ...records,
    );
  }
  return part(
    1,
    ...[u(1, 4), u(source, 4), u(factor, 4), u(1000, 4), u(0, 4), u(input, 4), u(output, 4)],
    ...[u(records.length, 4), ...records],
  );
}

/** The record of source, destination and next AS (extended_gateway). */
export function gateway(sourceAs: number, ...path: number[]): Buffer {
  return part(
    1003,
    ...[u(1, 4), ip('192.0.2.254'), u(64_500, 4), u(sourceAs, 4), u(64_501, 4)],
    ...[u(1, 4), u(2, 4), u(path.length, 4), ...path.map((as) => u(as, 4)), u(0, 4), u(100, 4)],
  );
}

/** A sample of the counters of an interface. */
export function counterSample(index: number, inOctets: bigint, outOctets: bigint): Buffer {
  const counters = part(
    1,
    ...[u(index, 4), u(6, 4), u(1_000_000_000n, 8), u(1, 4), u(3, 4)],
    ...[u(inOctets, 8), u(10, 4), u(1, 4), u(1, 4), u(2, 4), u(3, 4), u(0xffffffff, 4)],
    ...[u(outOctets, 8), u(20, 4), u(1, 4), u(1, 4), u(4, 4), u(5, 4), u(0, 4)],
  );
  return part(2, u(1, 4), u(index, 4), u(1, 4), counters);
}
