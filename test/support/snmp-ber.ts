import type { Varbind } from '../../nodes/protocols/if-mib/varbind.ts';
import { bytes, tag } from './snmp-mib.ts';

/** A request of SNMPv1 or v2c as an agent reads it. */
export interface Request {
  version: number;
  community: string;
  /** 0xa0 get, 0xa1 getNext, 0xa5 getBulk */
  pdu: number;
  id: number;
  /** of a getBulk: how many of the OIDs, the first ones, are asked for once */
  nonRepeaters: number;
  repetitions: number;
  oids: string[];
}

/** An answer as an agent writes it. */
export interface Response {
  version: number;
  community: string;
  id: number;
  status?: number;
  index?: number;
  varbinds: Varbind[];
}

/** Reads a request. It trusts its peer: for tests. */
export function decode(data: Buffer): Request {
  const message = children(children(data)[0]!.body);
  const pdu = message[2]!;
  const fields = children(pdu.body);
  return {
    version: integer(message[0]!.body),
    community: message[1]!.body.toString(),
    pdu: pdu.tag,
    id: integer(fields[0]!.body),
    nonRepeaters: pdu.tag === 0xa5 ? integer(fields[1]!.body) : 0,
    repetitions: integer(fields[2]!.body),
    oids: children(fields[3]!.body).map(({ body }) => decodeOid(children(body)[0]!.body)),
  };
}

/** Writes an answer. */
export function encode(response: Response): Buffer {
  return wrap(response, response.varbinds.map(encodeVarbind));
}

/** Writes a varbind. */
export function encodeVarbind({ oid, type, value }: Varbind): Buffer {
  return item(0x30, item(tag.oid, encodeOid(oid)), item(type, content(type, value)));
}

/** Writes an answer of varbinds that are written already. */
export function wrap(
  { version, community, id, status = 0, index = 0 }: Omit<Response, 'varbinds'>,
  varbinds: Buffer[],
): Buffer {
  const pdu = item(0xa2, int(id), int(status), int(index), item(0x30, ...varbinds));
  return item(0x30, int(version), item(tag.octets, Buffer.from(community)), pdu);
}

function content(type: number, value: Varbind['value']): Uint8Array {
  if (value === null) return Buffer.alloc(0);
  if (typeof value === 'string') return type === tag.oid ? encodeOid(value) : Buffer.from(value);
  return value instanceof Uint8Array ? value : bytes(BigInt(value));
}

const int = (value: number) => item(tag.integer, bytes(BigInt(value)));

function item(type: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([type, ...length]), body]);
}

function children(data: Buffer): { tag: number; body: Buffer }[] {
  const items: { tag: number; body: Buffer }[] = [];
  for (let at = 0; at < data.length;) {
    const type = data[at]!;
    let length = data[at + 1]!;
    at += 2;
    if (length > 127) {
      const size = length & 127;
      length = data.readUIntBE(at, size);
      at += size;
    }
    items.push({ tag: type, body: data.subarray(at, at + length) });
    at += length;
  }
  return items;
}

function integer(body: Buffer): number {
  return body.readIntBE(0, body.length);
}

function encodeOid(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  const out: number[] = [];
  for (const part of [first * 40 + second, ...rest]) {
    const sevens = [part % 128];
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128)) {
      sevens.unshift((left % 128) + 128);
    }
    out.push(...sevens);
  }
  return Buffer.from(out);
}

function decodeOid(body: Buffer): string {
  const parts: number[] = [];
  let part = 0;
  for (const byte of body) {
    part = part * 128 + (byte & 127);
    if (byte < 128) {
      parts.push(part);
      part = 0;
    }
  }
  const [head = 0, ...rest] = parts;
  return [Math.floor(head / 40), head % 40, ...rest].join('.');
}
