import { Problem } from '../../shared/problem.ts';

/** bytes of a packet without extension fields and authentication (RFC 5905, 7.3) */
const size = 48;
const modes = { client: 3, server: 4 };

/** An answer of a time server, as RFC 5905, 7.3 names its fields. */
export interface NtpAnswer {
  /** 0 to 3: whether a leap second is due; 3 where the clock is not synchronized */
  leap: number;
  /** 1 for a server with a clock of its own, up to 15; 16 for one that is not synchronized */
  stratum: number;
  /** four characters for the clock of stratum 1, or a kiss code (7.4); empty where it is no text */
  reference: string;
  /** ms, there and back to the clock of stratum 1; left out where it cannot be */
  rootDelay?: number;
  /** ms that the server may be off from the clock of stratum 1 */
  rootDispersion: number;
  /** when the question came in, as a timestamp of the server's clock; 0 where it does not tell */
  receive: bigint;
  /** when the answer went out; 0 where it does not tell */
  transmit: bigint;
}

/**
 * A client's question. It tells nothing about this machine: the random bytes stand where its time could,
 * and make an answer that nobody can guess.
 * @param version 4, or 3 for old servers (RFC 1305)
 * @param nonce eight bytes that the answer must repeat
 */
export function question(version: 3 | 4, nonce: Uint8Array): Uint8Array {
  const packet = new Uint8Array(size);
  packet[0] = (version << 3) | modes.client;
  packet.set(nonce, 40);
  return packet;
}

/**
 * Reads an answer. What stands behind the first 48 bytes does not matter. Throws a Problem where it is none
 * to the question with that nonce.
 */
export function readAnswer(bytes: Uint8Array, nonce: Uint8Array): NtpAnswer {
  if (bytes.length < size) throw garbled(`${bytes.length} bytes`);
  const packet = Buffer.from(bytes.buffer, bytes.byteOffset, size);
  const head = packet.readUInt8(0);
  const version = (head >> 3) & 7;
  if (version < 1 || version > 4) throw garbled(`version ${version}`);
  const mode = head & 7;
  if (mode !== modes.server) throw garbled(`mode ${mode}`);
  if (!packet.subarray(24, 32).equals(nonce)) throw garbled('origin timestamp');
  // RFC 5905, 7.3: 16 has no place on the wire, and is sent as 0.
  const stratum = packet.readUInt8(1) || 16;
  // RFC 1305 has it signed, and nothing is 9 hours away.
  const rootDelay = packet.readInt32BE(4);
  return {
    leap: head >> 6,
    stratum,
    reference: textOf(packet.subarray(12, 16)),
    ...(rootDelay >= 0 && { rootDelay: shortToMs(rootDelay) }),
    rootDispersion: shortToMs(packet.readUInt32BE(8)),
    receive: packet.readBigUInt64BE(32),
    transmit: packet.readBigUInt64BE(40),
  };
}

function garbled(reason: string): Problem {
  return new Problem('ntpGarbled', { reason });
}

// RFC 5905, 6: 16 bits of seconds and 16 bits of a fraction.
function shortToMs(value: number): number {
  return (value / 2 ** 16) * 1000;
}

// Filled up with zero bytes, or with blanks by some.
function textOf(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/[\0 ]+$/, '');
  return /^[\x21-\x7e]+$/.test(text) ? text : '';
}
