import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Varbind } from '../../nodes/protocols/if-mib/varbind.ts';
import { decode, encode, encodeVarbind, type Request } from './snmp-ber.ts';
import { type LiveMib, MemoryDevice } from './snmp-mib.ts';

/** What an agent sends for a request; undefined or none for no answer. */
export type Answerer = (request: Request, right: () => Promise<Buffer>) => Promise<Buffer[]>;

/** An agent of SNMPv1 and v2c on loopback that may misbehave. */
export interface FakeAgent {
  /** `127.0.0.1:port` */
  address: string;
  requests: Request[];
  device: MemoryDevice;
  socket: Socket;
}

const open = new Set<Socket>();

export interface ListenOptions {
  host?: string;
  /** bytes that an answer may have */
  frame?: number;
  /** ms by which a live value at an OID is made */
  ms?: (oid: string) => number;
  /** an address from which answers come instead, each agent from a port of its own */
  from?: string;
}

/** Starts an agent; it ends with {@link closeAgents}. */
export async function listen(
  mib: LiveMib,
  answer: Answerer = async (_, right) => [await right()],
  { host = '127.0.0.1', frame = Infinity, ms, from: elsewhere }: ListenOptions = {},
): Promise<FakeAgent> {
  const socket = await bind(host);
  const speaker = elsewhere === undefined ? socket : await bind(elsewhere);
  const device = new MemoryDevice(mib, ms);
  const requests: Request[] = [];
  socket.on('message', (data, from) => {
    const request = decode(data);
    requests.push(request);
    if (request.community !== 'public') return;
    void answer(request, async () => encode(await respond(device, request, frame))).then(
      (answers) => {
        for (const each of answers) {
          if (open.has(speaker)) speaker.send(each, from.port, from.address);
        }
      },
    );
  });
  const { port } = socket.address();
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return { address, requests, device, socket };
}

async function bind(host: string): Promise<Socket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  open.add(socket);
  socket.bind(0, host);
  await once(socket, 'listening');
  return socket;
}

/** Ends all agents. */
export function closeAgents(): void {
  for (const socket of open) socket.close();
  open.clear();
}

async function respond(device: MemoryDevice, request: Request, frame: number) {
  const { version, community, id, oids } = request;
  const head = { version, community, id };
  const values = await valuesOf(device, request).catch(() => undefined);
  if (!values) return { ...head, status: 1, varbinds: [] };
  const missing = values.findIndex(({ type }) => type >= 128);
  if (version === 0 && missing >= 0) {
    const echo = oids.map((oid): Varbind => ({ oid, type: 5, value: null }));
    return { ...head, status: 2, index: missing + 1, varbinds: echo };
  }
  const fitting = fittingInto(frame - overhead - community.length, values);
  // RFC 3416, 4.2: only a getBulk is answered in part.
  if (fitting < values.length && request.pdu !== 0xa5) return { ...head, status: 1, varbinds: [] };
  return { ...head, varbinds: values.slice(0, fitting) };
}

/** bytes of an answer beside its varbinds and community, at most */
const overhead = 36;

function fittingInto(bytes: number, values: readonly Varbind[]): number {
  if (bytes === Infinity) return values.length;
  let left = bytes;
  const over = values.findIndex((value) => (left -= encodeVarbind(value).length) < 0);
  return over < 0 ? values.length : over;
}

async function valuesOf(
  device: MemoryDevice,
  { pdu, oids: all, nonRepeaters, repetitions }: Request,
): Promise<Varbind[]> {
  const oids = all.slice(nonRepeaters);
  if (pdu === 0xa0) {
    const values = await device.get(all);
    return values.map((value, i) => value ?? { oid: oids[i]!, type: 129, value: null });
  }
  const once = all.slice(0, nonRepeaters);
  const columns = await device.next(oids, pdu === 0xa5 ? repetitions : 1, once);
  const single = columns.splice(oids.length).flat();
  const rows = Math.max(0, ...columns.map(({ length }) => length));
  const repeated = Array.from({ length: rows }, (_, row) =>
    // What was cut is not there.
    columns.flatMap((column) => column[row] ?? []),
  ).flat();
  return [...single, ...repeated];
}
