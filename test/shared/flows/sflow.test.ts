import assert from 'node:assert/strict';
import { addressText } from '../../../nodes/shared/flows/address.ts';
import { Decoder } from '../../../nodes/shared/flows/decoder.ts';
import { Exporter } from '../../../nodes/shared/flows/exporter.ts';
import type { Flow, InterfaceCounters } from '../../../nodes/shared/flows/flow.ts';
import { frame, type Packet } from '../../support/packet-capture.ts';
import {
  counterSample,
  flowSample,
  gateway,
  rawHeader,
  sflow,
} from '../../support/sflow-datagrams.ts';

function decode(...datagrams: Buffer[]) {
  const exporter = new Exporter('192.0.2.1');
  const decoder = new Decoder();
  const lines: string[] = [];
  const flows: Flow[] = [];
  const counters: InterfaceCounters[] = [];
  const sink = {
    flow(flow: Flow) {
      flows.push(Object.assign(Object.create(null) as Flow, flow));
      const from = `${addressText(flow.source)}:${flow.sourcePort}`;
      const to = `${addressText(flow.destination)}:${flow.destinationPort}`;
      lines.push(`${flow.protocol} ${from}>${to} ${flow.packets}/${flow.octets} x${flow.factor}`);
    },
    counters: (one: InterfaceCounters) => counters.push(one),
  };
  for (const data of datagrams) decoder.take(data, exporter, 0, sink);
  return { exporter, lines, flows, counters, tally: exporter.tally };
}

const packet: Packet = {
  ...{ time: 0, source: '10.0.0.1', destination: '192.0.2.9', protocol: 'tcp' },
  ...{ sourcePort: 50_000, destinationPort: 443, size: 960 },
};
const line = '6 10.0.0.1:50000>192.0.2.9:443 1/1018 x512';

describe('sFlow', () => {
  const of = (one: Partial<Packet>) =>
    decode(sflow([flowSample([rawHeader(frame({ ...packet, ...one }))], { factor: 512 })])).lines;

  it('has the packet behind the frame’s header, with all octets of the frame', () => {
    assert.deepEqual(of({}), [line]);
  });

  it('skips VLAN tags and MPLS labels', () => {
    const longer = (octets: number) => [line.replace('1018', String(1018 + octets))];
    assert.deepEqual(of({ vlans: [7] }), longer(4));
    assert.deepEqual(of({ vlans: [100, 7] }), longer(8));
    assert.deepEqual(of({ labels: [16, 17] }), longer(8));
    assert.deepEqual(of({ vlans: [7], labels: [16] }), longer(8));
  });

  it('has IPv6, UDP and ICMP', () => {
    const [source, destination] = ['2001:db8::1', 'fd00::2'];
    assert.deepEqual(of({ source, destination, protocol: 'udp', size: 52 }), [
      '17 2001:db8::1:50000>fd00::2:443 1/118 x512',
    ]);
    assert.deepEqual(of({ source, destination, protocol: 'icmp', size: 52 }), [
      '58 2001:db8::1:0>fd00::2:0 1/118 x512',
    ]);
    assert.deepEqual(of({ protocol: 'icmp', size: 72 }), ['1 10.0.0.1:0>192.0.2.9:0 1/118 x512']);
  });

  it('reads the ports behind IPv6’s extension headers', () => {
    const whole = frame({ ...packet, source: 'fd00::1', destination: 'fd00::2' });
    // Hop-by-hop options of 8 octets between the header and TCP.
    const extended = Buffer.concat([
      ...[whole.subarray(0, 54), Buffer.from([6, 0, 1, 4, 0, 0, 0, 0]), whole.subarray(54)],
    ]);
    extended[20] = 0;
    const { lines } = decode(sflow([flowSample([rawHeader(extended)])]));
    assert.deepEqual(lines, ['6 fd00::1:50000>fd00::2:443 1/1046 x1']);
  });

  it('takes no ports from a later fragment', () => {
    const fragment = frame(packet);
    fragment.writeUInt16BE(185, 20);
    const { lines } = decode(sflow([flowSample([rawHeader(fragment)])]));
    assert.deepEqual(lines, ['6 10.0.0.1:0>192.0.2.9:0 1/1018 x1']);
  });

  it('has interfaces and the way of a sample, in both of its forms', () => {
    for (const isExpanded of [false, true]) {
      const sample = (source: number) =>
        flowSample([rawHeader(frame(packet))], { input: 3, output: 4, source, isExpanded });
      const { flows } = decode(sflow([sample(3), sample(4), sample(9)]));
      assert.deepEqual(
        flows.map(({ input, output, direction }) => [input, output, direction]),
        [
          [3, 4, 0],
          [3, 4, 1],
          [3, 4, -1],
        ],
      );
    }
  });

  it('has the AS of both ends', () => {
    const { flows } = decode(
      sflow([flowSample([rawHeader(frame(packet)), gateway(64_496, 64_510, 64_511)])]),
    );
    assert.deepEqual([flows[0]!.sourceAs, flows[0]!.destinationAs], [64_496, 64_511]);
  });

  it('counts a frame without IP as such', () => {
    const arp = Buffer.concat([Buffer.alloc(12), Buffer.from([8, 6]), Buffer.alloc(46)]);
    const { lines, tally } = decode(sflow([flowSample([rawHeader(arp)])]));
    assert.deepEqual([lines, tally.notIp, tally.malformed], [[], 1, 0]);
  });

  it('has the counters of interfaces', () => {
    const { counters } = decode(sflow([counterSample(5, 2n ** 40n, 7n)]));
    assert.deepEqual(counters, [
      {
        ...{ index: 5, speed: 1e9, fullDuplex: true, adminUp: true, up: true },
        ...{ inOctets: 2n ** 40n, inPackets: 12, inDiscards: 2, inErrors: 3 },
        ...{ outOctets: 7n, outPackets: 22, outDiscards: 4, outErrors: 5 },
      },
    ]);
  });

  it('has numbers of each agent’s own, where one sends for several', () => {
    const { exporter } = decode(
      ...[1, 2, 4].map((sequence) => sflow([], { sequence, agent: '192.0.2.1' })),
      ...[90, 91].map((sequence) => sflow([], { sequence, agent: '192.0.2.2' })),
    );
    assert.equal(exporter.lost, 1);
  });

  it('skips what it does not know, and ends where a part is too long', () => {
    const strange = Buffer.concat([Buffer.from([0, 0, 0, 99, 0, 0, 0, 8]), Buffer.alloc(8)]);
    const sample = flowSample([rawHeader(frame(packet))], { factor: 512 });
    assert.deepEqual(decode(sflow([strange, sample])).lines, [line]);
    const long = Buffer.from([0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff]);
    const { lines, tally } = decode(sflow([sample, long]));
    assert.deepEqual([lines, tally.malformed], [[line], 1]);
  });
});
