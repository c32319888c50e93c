/** A flow for {@link v5}. */
export interface V5Flow {
  source: string;
  destination: string;
  sourcePort?: number;
  destinationPort?: number;
  protocol?: number;
  packets: number;
  octets: number;
  input?: number;
  output?: number;
  /** ms of uptime */
  first?: number;
  last?: number;
}

/** A datagram of NetFlow v5. */
export function v5(
  flows: readonly V5Flow[],
  { uptime = 1e6, sequence = 0, sampling = 0, date = 1.8e9 } = {},
): Buffer {
  const data = Buffer.alloc(24 + 48 * flows.length);
  data.writeUInt16BE(5, 0);
  data.writeUInt16BE(flows.length, 2);
  data.writeUInt32BE(uptime, 4);
  data.writeUInt32BE(date, 8);
  data.writeUInt32BE(sequence, 16);
  data.writeUInt16BE(sampling === 0 ? 0 : 0x4000 | sampling, 22);
  flows.forEach((flow, i) => {
    const at = 24 + 48 * i;
    ip(flow.source).copy(data, at);
    ip(flow.destination).copy(data, at + 4);
    data.writeUInt16BE(flow.input ?? 1, at + 12);
    data.writeUInt16BE(flow.output ?? 2, at + 14);
    data.writeUInt32BE(flow.packets, at + 16);
    data.writeUInt32BE(flow.octets, at + 20);
    data.writeUInt32BE(flow.first ?? uptime, at + 24);
    data.writeUInt32BE(flow.last ?? uptime, at + 28);
    data.writeUInt16BE(flow.sourcePort ?? 50_000, at + 32);
    data.writeUInt16BE(flow.destinationPort ?? 443, at + 34);
    data[at + 38] = flow.protocol ?? 6;
  });
  return data;
}

/** The octets of an IPv4 address. */
export function ip(text: string): Buffer {
  return Buffer.from(text.split('.').map(Number));
}

/** The octets of numbers, each with its width: `u(5, 2)` has two. */
export function u(value: number | bigint, width: number): Buffer {
  const data = Buffer.alloc(width);
  let left = BigInt(value);
  for (let i = width - 1; i >= 0; i--) {
    data[i] = Number(left & 255n);
    left >>= 8n;
  }
  return data;
}

/** A set of NetFlow v9 or IPFIX: its number, its length, what is in it. */
export function set(id: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u(id, 2), u(body.length + 4, 2), body]);
}

/** A template as it stands in a set: number and length of each field, and the enterprise of a vendor's own. */
export function template(id: number, ...fields: (readonly [number, number, number?])[]): Buffer {
  return Buffer.concat([
    ...[u(id, 2), u(fields.length, 2)],
    ...fields.flatMap(([number, length, enterprise]) =>
      enterprise === undefined
        ? [u(number, 2), u(length, 2)]
        : [u(number | 0x8000, 2), u(length, 2), u(enterprise, 4)],
    ),
  ]);
}

/** A datagram of NetFlow v9 (RFC 3954). */
export function v9(
  sets: readonly Buffer[],
  { uptime = 1e6, date = 1.8e9, sequence = 0, domain = 0, count = sets.length } = {},
): Buffer {
  return Buffer.concat([
    ...[u(9, 2), u(count, 2), u(uptime, 4), u(date, 4), u(sequence, 4), u(domain, 4)],
    ...sets,
  ]);
}

/** A message of IPFIX (RFC 7011). */
export function ipfix(
  sets: readonly Buffer[],
  { date = 1.8e9, sequence = 0, domain = 0 } = {},
): Buffer {
  const body = Buffer.concat(sets);
  return Buffer.concat([
    ...[u(10, 2), u(body.length + 16, 2), u(date, 4), u(sequence, 4), u(domain, 4)],
    body,
  ]);
}
