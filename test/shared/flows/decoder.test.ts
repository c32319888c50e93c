import assert from 'node:assert/strict';
import { addressText } from '../../../nodes/shared/flows/address.ts';
import { Decoder } from '../../../nodes/shared/flows/decoder.ts';
import { Exporter } from '../../../nodes/shared/flows/exporter.ts';
import type { Flow } from '../../../nodes/shared/flows/flow.ts';
import { ip, ipfix, set, template, u, v5, v9 } from '../../support/flow-datagrams.ts';

/** Decodes datagrams one after the other, and writes each flow as a line. */
function decode(...datagrams: Buffer[]) {
  const exporter = new Exporter('192.0.2.1');
  const decoder = new Decoder();
  const lines: string[] = [];
  const flows: Flow[] = [];
  const sink = {
    flow(flow: Flow) {
      flows.push(Object.assign(Object.create(null) as Flow, flow));
      const from = `${addressText(flow.source)}:${flow.sourcePort}`;
      const to = `${addressText(flow.destination)}:${flow.destinationPort}`;
      const by = flow.factor === 1 ? '' : ` x${flow.factor}`;
      lines.push(`${flow.protocol} ${from}>${to} ${flow.packets}/${flow.octets}${by}`);
    },
    counters() {},
  };
  for (const data of datagrams) decoder.take(data, exporter, 0, sink);
  return { exporter, lines, flows, tally: exporter.tally };
}

const [source, destination] = [ip('10.0.0.1'), ip('192.0.2.9')];
/** addresses, ports, protocol, octets and packets, as most exporters have them */
const usual = template(256, [8, 4], [12, 4], [7, 2], [11, 2], [4, 1], [1, 4], [2, 4]);
const record = Buffer.concat([
  ...[source, destination, u(50_000, 2), u(443, 2), u(6, 1), u(5000, 4), u(10, 4)],
]);
const line = '6 10.0.0.1:50000>192.0.2.9:443 10/5000';

describe('NetFlow v5', () => {
  const flow = { source: '10.0.0.1', destination: '192.0.2.9', packets: 10, octets: 5000 };

  it('is decoded', () => {
    const { lines, flows, tally } = decode(
      v5([{ ...flow, input: 3, output: 4, first: 990_000, last: 999_000 }]),
    );
    assert.deepEqual(lines, [line]);
    const [one] = flows;
    assert.deepEqual([one!.input, one!.output], [3, 4]);
    assert.deepEqual([one!.firstAge, one!.lastAge], [10_000, 1000]);
    assert.deepEqual([tally.flows, tally.malformed], [1, 0]);
  });

  it('has its ages over a wrap of the uptime', () => {
    const first = 2 ** 32 - 3000;
    const { flows } = decode(v5([{ ...flow, first, last: 1000 }], { uptime: 2000 }));
    assert.deepEqual([flows[0]!.firstAge, flows[0]!.lastAge], [5000, 1000]);
  });

  it('tells its sampling in 14 bits of the header', () => {
    assert.deepEqual(decode(v5([flow], { sampling: 100 })).lines, [`${line} x100`]);
  });

  it('counts the records that are there, where it tells of more', () => {
    const data = v5([flow, flow]);
    const { lines, tally } = decode(data.subarray(0, data.length - 10));
    assert.deepEqual([lines, tally.malformed], [[line], 1]);
  });
});

describe('NetFlow v9', () => {
  it('is decoded by its template, over datagrams', () => {
    const { lines } = decode(v9([set(0, usual)]), v9([set(256, record, record)], { sequence: 1 }));
    assert.deepEqual(lines, [line, line]);
  });

  it('waits for a template that comes late', () => {
    const { lines, exporter } = decode(v9([set(256, record)]), v9([set(0, usual)]));
    assert.deepEqual(lines, [line]);
    assert.equal(exporter.held.length, 0);
  });

  it('ends at zeros, and at a set that is too short', () => {
    const { lines, tally } = decode(v9([set(0, usual), set(256, record), Buffer.alloc(1000)]));
    assert.deepEqual([lines, tally.malformed], [[line], 0]);
    assert.equal(decode(v9([Buffer.from('01000003', 'hex')])).tally.malformed, 1);
  });

  it('keeps the templates of domains apart', () => {
    const other = template(256, [1, 4], [2, 4], [8, 4], [12, 4]);
    const { lines } = decode(
      v9([set(0, usual)], { domain: 1 }),
      v9([set(0, other)], { domain: 2 }),
      v9([set(256, record)], { domain: 1 }),
      v9([set(256, u(700, 4), u(7, 4), source, destination)], { domain: 2 }),
    );
    assert.deepEqual(lines, [line, '0 10.0.0.1:0>192.0.2.9:0 7/700']);
  });

  it('has sampling of samplers, whichever fields tell it', () => {
    const sampled = template(257, [8, 4], [12, 4], [1, 4], [2, 4], [48, 1]);
    // Scope: system, of 4 octets; options: sampler (48), mode (49), interval (50).
    const options = Buffer.concat(
      [u(300, 2), u(4, 2), u(12, 2)].concat(fields(1, 4, 48, 1, 49, 1, 50, 4)),
    );
    const { lines } = decode(
      v9([set(1, options), set(0, sampled), set(300, u(0, 4), u(2, 1), u(1, 1), u(128, 4))]),
      v9([set(257, source, destination, u(100, 4), u(1, 4), u(2, 1))]),
      v9([set(257, source, destination, u(100, 4), u(1, 4), u(9, 1))]),
    );
    assert.deepEqual(
      lines.map((one) => one.split(' ').slice(2).join(' ')),
      ['1/100 x128', '1/100'],
    );
  });

  it('has the applications that an exporter recognizes, by the names that it tells (RFC 6759)', () => {
    const recognized = template(257, [8, 4], [12, 4], [1, 4], [2, 4], [95, 4]);
    // Scope: system, of 4 octets; options: application id (95), name (96).
    const options = Buffer.concat(
      [u(300, 2), u(4, 2), u(8, 2)].concat(fields(1, 4, 95, 4, 96, 24)),
    );
    const name = (id: Buffer, text: string) =>
      Buffer.concat([u(0, 4), id, Buffer.from(text.padEnd(24, '\0'))]);
    // An engine (3: port by IANA, 13: the vendor's own) and a selector in it.
    const [https, teams, unknown] = [u(0x03_0001bb, 4), u(0x0d_0001e3, 4), u(0x0d_000001, 4)];
    const flow = (id: Buffer) => Buffer.concat([source, destination, u(100, 4), u(1, 4), id]);
    const { flows, exporter } = decode(
      v9([set(1, options), set(0, recognized), set(257, flow(teams))]),
      v9([set(300, name(https, 'https'), name(teams, 'ms-teams'), name(unknown, 'unknown'))]),
      v9([set(257, ...[https, teams, unknown, u(0, 4), u(0x0d_000009, 4)].map(flow))]),
    );
    const told = flows.map(({ application }) => application);
    assert.deepEqual(told, ['', 'https', 'ms-teams', '', '', '']);
    for (let i = 1; i < 10_000; i++) exporter.nameApplication(i, `application ${i}`);
    assert.equal(exporter.applicationNames.size, 4096);
  });

  function fields(...numbers: number[]) {
    return numbers.map((number) => u(number, 2));
  }
});

describe('IPFIX', () => {
  it('has fields of variable length, of vendors and of reduced length', () => {
    const long = template(256, [8, 4], [12, 4], [82, 65535], [77, 4, 9], [1, 3], [2, 1], [4, 1]);
    const text = Buffer.concat([u(3, 1), Buffer.from('abc')]);
    const much = Buffer.concat([u(255, 1), u(300, 2), Buffer.alloc(300, 0x61)]);
    const data = (name: Buffer) =>
      Buffer.concat([source, destination, name, u(7, 4), u(70_000, 3), u(200, 1), u(17, 1)]);
    const { lines } = decode(ipfix([set(2, long), set(256, data(text), data(much))]));
    const expected = '17 10.0.0.1:0>192.0.2.9:0 200/70000';
    assert.deepEqual(lines, [expected, expected]);
  });

  it('makes two flows of one that tells both directions (RFC 5103)', () => {
    const biflow = template(
      256,
      ...([
        [8, 4],
        [12, 4],
        [7, 2],
        [11, 2],
        [4, 1],
        [1, 8],
        [2, 8],
      ] as const),
      ...([
        [1, 8, 29305],
        [2, 8, 29305],
      ] as const),
    );
    const both = Buffer.concat([
      ...[source, destination, u(50_000, 2), u(443, 2), u(6, 1), u(5000, 8), u(10, 8)],
      ...[u(90_000, 8), u(70, 8)],
    ]);
    const { lines, flows } = decode(ipfix([set(2, biflow), set(256, both)]));
    assert.deepEqual(lines, [line, '6 192.0.2.9:443>10.0.0.1:50000 70/90000']);
    assert.equal(flows.length, 2);
  });

  it('takes times in all their forms', () => {
    const date = 1_800_000_000;
    const ages = (fields: (readonly [number, number])[], ...values: Buffer[]) => {
      const own = template(256, [8, 4], [12, 4], [1, 4], [2, 4], ...fields);
      const data = Buffer.concat([source, destination, u(1, 4), u(1, 4), ...values]);
      const [flow] = decode(ipfix([set(2, own), set(256, data)], { date })).flows;
      return [flow!.firstAge, flow!.lastAge].map(Math.round);
    };
    const ntp = (ago: number) => Buffer.concat([u(date - ago + 2_208_988_800, 4), u(0, 4)]);
    assert.deepEqual(
      ages(
        [
          [150, 4],
          [151, 4],
        ],
        u(date - 9, 4),
        u(date - 2, 4),
      ),
      [9000, 2000],
    );
    const ms = (ago: number) => u((date - ago) * 1000, 8);
    assert.deepEqual(
      ages(
        [
          [152, 8],
          [153, 8],
        ],
        ms(9),
        ms(2),
      ),
      [9000, 2000],
    );
    assert.deepEqual(
      ages(
        [
          [154, 8],
          [155, 8],
        ],
        ntp(9),
        ntp(2),
      ),
      [9000, 2000],
    );
    assert.deepEqual(
      ages(
        [
          [156, 8],
          [157, 8],
        ],
        ntp(9),
        ntp(2),
      ),
      [9000, 2000],
    );
    assert.deepEqual(
      ages(
        [
          [158, 4],
          [159, 4],
        ],
        u(9e6, 4),
        u(2e6, 4),
      ),
      [9000, 2000],
    );
    assert.deepEqual(
      ages(
        [
          [153, 8],
          [161, 4],
        ],
        ms(2),
        u(7000, 4),
      ),
      [9000, 2000],
    );
    const up = [ms(100), u(91_000, 4), u(98_000, 4)];
    assert.deepEqual(
      ages(
        [
          [160, 8],
          [22, 4],
          [21, 4],
        ],
        ...up,
      ),
      [9000, 2000],
    );
  });

  it('forgets a template that is withdrawn', () => {
    const { lines, exporter } = decode(
      ipfix([set(2, usual)]),
      ipfix([set(2, u(256, 2), u(0, 2))]),
      ipfix([set(256, record)]),
    );
    assert.deepEqual([lines, exporter.held.length], [[], 1]);
  });
});
