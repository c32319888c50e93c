/** What a packet is, for {@link capture}. */
export interface Packet {
  /** ms since the Unix epoch */
  time: number;
  source: string;
  destination: string;
  protocol: 'tcp' | 'udp' | 'icmp';
  sourcePort?: number;
  destinationPort?: number;
  /** octets behind the header of the protocol */
  size: number;
  /** TCP's flags; ACK unless told */
  flags?: number;
  /** VLAN tags, the outer one first */
  vlans?: number[];
  /** MPLS labels, the outer one first */
  labels?: number[];
}

const numbers = { tcp: 6, udp: 17, icmp: 1 } as const;

/** A capture file of packets, as libpcap writes it (the format of tcpdump, Ethernet). */
export function capture(packets: readonly Packet[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65535, 16);
  header.writeUInt32LE(1, 20);
  return Buffer.concat([
    header,
    ...packets.flatMap((packet) => {
      const data = frame(packet);
      const record = Buffer.alloc(16);
      record.writeUInt32LE(Math.floor(packet.time / 1000), 0);
      record.writeUInt32LE(Math.round((packet.time % 1000) * 1000), 4);
      record.writeUInt32LE(data.length, 8);
      record.writeUInt32LE(data.length, 12);
      return [record, data];
    }),
  ]);
}

/** A packet as an Ethernet frame. */
export function frame(packet: Packet): Buffer {
  const isV6 = packet.source.includes(':');
  const ip = isV6 ? ipv6(packet) : ipv4(packet);
  const { vlans = [], labels = [] } = packet;
  const type = labels.length > 0 ? 0x8847 : isV6 ? 0x86dd : 0x0800;
  const types = [...vlans.map((_, i) => (i < vlans.length - 1 ? 0x88a8 : 0x8100)), type];
  const tags = Buffer.alloc(2 + vlans.length * 4 + labels.length * 4);
  tags.writeUInt16BE(types[0]!, 0);
  vlans.forEach((vlan, i) => {
    tags.writeUInt16BE(vlan, 2 + i * 4);
    tags.writeUInt16BE(types[i + 1]!, 4 + i * 4);
  });
  labels.forEach((label, i) => {
    const last = i === labels.length - 1 ? 1 : 0;
    tags.writeUInt32BE(label * 4096 + last * 256 + 64, 2 + vlans.length * 4 + i * 4);
  });
  return Buffer.concat([Buffer.from('020000000001020000000002', 'hex'), tags, ip]);
}

function segment({
  protocol,
  sourcePort = 0,
  destinationPort = 0,
  size,
  flags = 16,
}: Packet): Buffer {
  const header = Buffer.alloc(protocol === 'tcp' ? 20 : 8);
  if (protocol === 'icmp') {
    header[0] = 8;
  } else {
    header.writeUInt16BE(sourcePort, 0);
    header.writeUInt16BE(destinationPort, 2);
    if (protocol === 'udp') header.writeUInt16BE(size + 8, 4);
    else header.writeUInt16BE(0x5000 | flags, 12);
  }
  return Buffer.concat([header, Buffer.alloc(size)]);
}

function ipv4(packet: Packet): Buffer {
  const payload = segment(packet);
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + payload.length, 2);
  header[8] = 64;
  header[9] = numbers[packet.protocol];
  packet.source.split('.').forEach((byte, i) => (header[12 + i] = Number(byte)));
  packet.destination.split('.').forEach((byte, i) => (header[16 + i] = Number(byte)));
  let sum = 0;
  for (let i = 0; i < 20; i += 2) sum += header.readUInt16BE(i);
  sum = (sum & 0xffff) + (sum >>> 16);
  header.writeUInt16BE(~(sum + (sum >>> 16)) & 0xffff, 10);
  return Buffer.concat([header, payload]);
}

function ipv6(packet: Packet): Buffer {
  const payload = segment(packet);
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(payload.length, 4);
  header[6] = packet.protocol === 'icmp' ? 58 : numbers[packet.protocol];
  header[7] = 64;
  for (const [at, address] of [
    [8, packet.source],
    [24, packet.destination],
  ] as const) {
    const [head, tail] = address.split('::') as [string, string?];
    const groups = (text: string | undefined) => (text ? text.split(':') : []);
    const filled =
      tail === undefined
        ? groups(head)
        : [
            ...groups(head),
            ...Array<string>(8 - groups(head).length - groups(tail).length).fill('0'),
            ...groups(tail),
          ];
    filled.forEach((group, i) => header.writeUInt16BE(Number.parseInt(group, 16), at + i * 2));
  }
  return Buffer.concat([header, payload]);
}
