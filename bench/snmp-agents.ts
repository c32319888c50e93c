// The devices of snmp.ts, in a process of their own so that their cost is not measured: SNMPv2c agents
// on loopback with all columns of the IF-MIB for 48 interfaces each, whose counts grow every second.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { endOfMib } from '../nodes/device-access/snmp/transport.ts';
import { decode, encodeVarbind, type Request, wrap } from '../test/support/snmp-ber.ts';
import { compareOids, type Mib, tag, varbinds } from '../test/support/snmp-mib.ts';

const rows = 48;
const started = Date.now();

function mib(): Mib {
  const ms = Date.now() - started;
  const all: Mib = {
    '1.3.6.1.2.1.1.1.0': 'Simulated switch, 48 ports',
    '1.3.6.1.2.1.1.3.0': [tag.ticks, 1e8 + Math.floor(ms / 10)],
    '1.3.6.1.2.1.1.5.0': 'switch',
    '1.3.6.1.2.1.2.1.0': [tag.integer, rows],
    '1.3.6.1.2.1.31.1.5.0': [tag.ticks, 4711],
    // What stands behind the interfaces in a real device.
    '1.3.6.1.2.1.4.1.0': [tag.integer, 1],
    '1.3.6.1.2.1.47.1.0': [tag.integer, 1],
  };
  for (let i = 1; i <= rows; i++) {
    const count = (column: number): [number, number] => [
      tag.counter,
      (column * 1e7 + ms * i) >>> 0,
    ];
    const big = (column: number) => 2n ** 40n * BigInt(column) + BigInt(ms * 1000);
    const text = (value: string) => value;
    const columns: Record<number, Mib[string]> = {
      1: [tag.integer, i],
      2: text(`GigabitEthernet1/0/${i}`),
      3: [tag.integer, 6],
      4: [tag.integer, 1500],
      5: 1e9,
      6: Uint8Array.from([0, 27, 33, 60, 77, i]),
      7: [tag.integer, 1],
      8: [tag.integer, i % 6 === 0 ? 2 : 1],
      9: [tag.ticks, 1000],
    };
    for (let column = 10; column <= 20; column++) columns[column] = count(column);
    for (const [column, value] of Object.entries(columns))
      all[`1.3.6.1.2.1.2.2.1.${column}.${i}`] = value;
    const more: Record<number, Mib[string]> = { 1: text(`Gi1/0/${i}`) };
    for (let column = 2; column <= 5; column++) more[column] = count(column);
    for (let column = 6; column <= 13; column++) more[column] = big(column);
    Object.assign(more, {
      14: [tag.integer, 1],
      15: 1000,
      16: [tag.integer, 2],
      17: [tag.integer, 1],
      18: text(`access port ${i}, floor ${i % 5}`),
      19: [tag.ticks, 0],
    });
    for (const [column, value] of Object.entries(more))
      all[`1.3.6.1.2.1.31.1.1.1.${column}.${i}`] = value;
  }
  return all;
}

let list: { oid: string; data: Buffer }[] = [];
let places = new Map<string, number>();
// Of the columns: what stands where never changes.
const starts = new Map<string, number>();

function encodeAll() {
  list = varbinds(mib()).map((varbind) => ({ oid: varbind.oid, data: encodeVarbind(varbind) }));
  places = new Map(list.map(({ oid }, i) => [oid, i]));
}

function after(oid: string): number {
  const place = places.get(oid);
  if (place !== undefined) return place + 1;
  let next = starts.get(oid);
  if (next === undefined) {
    next = list.findIndex((each) => compareOids(each.oid, oid) > 0);
    starts.set(oid, next < 0 ? list.length : next);
  }
  return next;
}

function answer(request: Request): Buffer {
  const { oids, pdu, nonRepeaters, repetitions } = request;
  const exception = (oid: string) => encodeVarbind({ oid, type: endOfMib, value: null });
  if (pdu === 0xa0)
    return wrap(
      request,
      oids.map((oid) => list[places.get(oid) ?? -1]?.data ?? exception(oid)),
    );
  const found: Buffer[] = [];
  const first = oids.map(after);
  for (const start of first.splice(0, nonRepeaters)) found.push(list[start]!.data);
  for (let i = 0; i < (pdu === 0xa5 ? repetitions : 1); i++)
    for (const [column, start] of first.entries()) {
      found.push(list[start + i]?.data ?? exception(oids[nonRepeaters + column]!));
    }
  return wrap(request, found);
}

let packets = 0;
encodeAll();
setInterval(encodeAll, 1000);
const ports: number[] = [];
for (let i = 0; i < Number(process.argv[2]); i++) {
  const socket = createSocket('udp4');
  socket.on('message', (data, from) => {
    packets += 2;
    socket.send(answer(decode(data)), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  ports.push(socket.address().port);
}
process.on('disconnect', () => process.exit());
process.on('message', () => {
  process.send!(packets);
  packets = 0;
});
process.send!(ports);
