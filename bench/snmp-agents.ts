// The devices of the SNMP benches, in a process of their own so that their cost is not measured: SNMPv2c
// agents on loopback with all columns of the IF-MIB, whose counts grow every second. The arguments say how
// many there are with how many interfaces: 1000x48 3x315.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { endOfMib } from '../nodes/protocols/snmp/transport.ts';
import { interfaceTable } from '../test/support/interface-table.ts';
import { decode, encodeVarbind, type Request, wrap } from '../test/support/snmp-ber.ts';
import { inOrder, type LiveMib, placeAfter, valueAt, varbindOf } from '../test/support/snmp-mib.ts';

/** ms; the devices have been up for long */
const began = 1e9 - Date.now();

let second = 0;
setInterval(() => second++, 1000);

/** What all devices of one size tell. A value is written once a second, if anybody asks for it. */
class Table {
  readonly #list: { oid: string; value: LiveMib[string] }[];
  readonly #written: { second: number; data: Buffer }[] = [];
  readonly #places: ReadonlyMap<string, number>;
  /** ms up, of this second */
  #ms = 0;
  #second = -1;

  constructor(rows: number) {
    const entries = inOrder(Object.entries(interfaceTable(rows)));
    this.#list = entries.map(([oid, value]) => ({ oid, value }));
    this.#places = new Map(this.#list.map(({ oid }, i) => [oid, i]));
  }

  answer(request: Request): Buffer {
    const { oids, pdu, nonRepeaters, repetitions } = request;
    const exception = (oid: string) => encodeVarbind({ oid, type: endOfMib, value: null });
    if (pdu === 0xa0) {
      return wrap(
        request,
        oids.map((oid) => this.#data(this.#places.get(oid) ?? -1) ?? exception(oid)),
      );
    }
    const first = oids.map((oid) => this.#after(oid));
    const found = first.splice(0, nonRepeaters).map((place) => this.#data(place)!);
    for (let i = 0; i < (pdu === 0xa5 ? repetitions : 1); i++) {
      for (const [column, start] of first.entries()) {
        found.push(this.#data(start + i) ?? exception(oids[nonRepeaters + column]!));
      }
    }
    return wrap(request, found);
  }

  #data(place: number): Buffer | undefined {
    const entry = this.#list[place];
    if (!entry) return undefined;
    if (this.#second !== second) {
      this.#second = second;
      this.#ms = began + Date.now();
    }
    const written = this.#written[place];
    if (written && written.second === second) return written.data;
    const data = encodeVarbind(varbindOf(entry.oid, valueAt(entry.value, this.#ms)));
    this.#written[place] = { second, data };
    return data;
  }

  #after(oid: string): number {
    const place = this.#places.get(oid);
    return place === undefined ? placeAfter(oid, this.#list) : place + 1;
  }
}

let packets = 0;
const ports: number[] = [];
for (const argument of process.argv.slice(2)) {
  const [count = 0, rows = 0] = argument.split('x').map(Number);
  const table = new Table(rows);
  for (let i = 0; i < count; i++) {
    const socket = createSocket('udp4');
    socket.on('message', (data, from) => {
      packets += 2;
      socket.send(table.answer(decode(data)), from.port, from.address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    ports.push(socket.address().port);
  }
}
process.on('disconnect', () => process.exit());
process.on('message', () => {
  process.send!(packets);
  packets = 0;
});
process.send!(ports);
