/** What a time server of a test says. Times are ms since the Unix epoch, delays ms. */
export interface Said {
  version?: number;
  mode?: number;
  leap?: number;
  stratum?: number;
  /** four characters */
  reference?: string;
  rootDelay?: number;
  rootDispersion?: number;
  receive?: number;
  transmit?: number;
}

/** A time server's answer to a question, by RFC 5905, 7.3. */
export function answerTo(packet: Uint8Array, said: Said = {}): Buffer {
  const { version = packet[0]! >> 3, mode = 4, leap = 0, stratum = 2, reference = 'GPS\0' } = said;
  const bytes = Buffer.alloc(48);
  bytes[0] = (leap << 6) | (version << 3) | mode;
  bytes[1] = stratum;
  bytes.writeUInt32BE(((said.rootDelay ?? 0) / 1000) * 2 ** 16, 4);
  bytes.writeUInt32BE(((said.rootDispersion ?? 0) / 1000) * 2 ** 16, 8);
  bytes.write(reference, 12, 'latin1');
  bytes.set(packet.subarray(40), 24);
  bytes.writeBigUInt64BE(timestamp(said.receive), 32);
  bytes.writeBigUInt64BE(timestamp(said.transmit ?? said.receive), 40);
  return bytes;
}

function timestamp(time?: number): bigint {
  if (time === undefined) return 0n;
  return BigInt.asUintN(
    64,
    (BigInt(Math.round(time)) * 2n ** 32n) / 1000n + (2_208_988_800n << 32n),
  );
}
