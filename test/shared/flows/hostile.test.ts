import assert from 'node:assert/strict';
import { Networks } from '../../../nodes/shared/flows/address.ts';
import { Applications } from '../../../nodes/shared/flows/applications.ts';
import { subjects } from '../../../nodes/shared/flows/choices.ts';
import { Collector } from '../../../nodes/shared/flows/collector.ts';
import { SubjectKeys } from '../../../nodes/shared/flows/subjects.ts';
import { TrafficCounter } from '../../../nodes/shared/flows/traffic-counter.ts';
import { ip, ipfix, set, template, u, v5, v9 } from '../../support/flow-datagrams.ts';
import { heldAfter } from '../../support/memory.ts';
import { frame } from '../../support/packet-capture.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import {
  counterSample,
  flowSample,
  gateway,
  rawHeader,
  sflow,
} from '../../support/sflow-datagrams.ts';

// A million take a minute: FLOW_DATAGRAMS=1000000.
const rounds = Number(process.env.FLOW_DATAGRAMS ?? 30_000);

function newCollector(acceptAll = true): Collector {
  const keys = new SubjectKeys({
    ...{ subjects: new Set(subjects), inside: new Networks([]), talker: 'inside', isShort: false },
    applications: new Applications(),
  });
  return new Collector({
    ...{ exporters: [], acceptAll, counters: () => {} },
    counter: new TrafficCounter({
      ...{
        interval: 60_000,
        delay: 60_000,
        direction: 'ingress',
        keys,
        countPeers: true,
        origin: 0,
      },
    }),
  });
}

const flow = { source: '10.0.0.1', destination: '192.0.2.9', packets: 10, octets: 5000 };
const usual = template(256, [8, 4], [12, 4], [7, 2], [11, 2], [4, 1], [1, 4], [2, 4], [82, 65535]);
const fixed = template(257, [27, 16], [28, 16], [1, 8], [2, 8], [22, 4], [21, 4], [10, 2]);
const record = Buffer.concat([
  ...[ip('10.0.0.1'), ip('192.0.2.9'), u(50_000, 2), u(443, 2), u(6, 1), u(5000, 4), u(10, 4)],
  ...[u(2, 1), Buffer.from('ab')],
]);
const packet = frame({
  ...{ time: 0, source: 'fd00::1', destination: 'fd00::2', protocol: 'udp', size: 60 },
  ...{ vlans: [1, 2], labels: [3] },
});
const good = [
  v5([flow, flow]),
  v9([set(0, fixed), set(257, Buffer.alloc(58, 1)), set(1, Buffer.alloc(30, 2))]),
  ipfix([
    set(2, usual),
    set(3, u(300, 2), u(2, 2), u(1, 2), u(10, 2), u(4, 2), u(82, 2), u(65535, 2)),
  ]),
  ipfix([set(256, record, record), set(300, u(1, 4), u(2, 1), Buffer.from('ab'))]),
  sflow([flowSample([rawHeader(packet), gateway(1, 2, 3)]), counterSample(1, 2n, 3n)]),
  sflow([flowSample([rawHeader(packet)], { isExpanded: true })]),
];

describe('Whatever comes as a datagram', function () {
  this.timeout(600_000);

  it('is read without an exception and without end', () => {
    const random = randomNumbers(7);
    const below = (limit: number) => Math.floor(random() * limit);
    const collector = newCollector();
    for (let i = 0; i < rounds; i++) {
      let data = Buffer.from(good[below(good.length)]!);
      const kind = below(4);
      if (kind === 0) {
        data = Buffer.from(Array.from({ length: below(200) }, () => below(256)));
        if (data.length > 2 && random() < 0.8) data.set([0, [5, 9, 10, 0][below(4)]!], 0);
      } else {
        for (let k = below(8); k >= 0; k--) data[below(data.length)] = below(256);
        if (kind === 2) data = data.subarray(0, below(data.length));
        if (kind === 3) data = Buffer.concat([data, Buffer.alloc(below(300))]);
      }
      collector.take(data, `10.0.0.${below(4)}`, i, i);
    }
    const { exporters } = collector.status();
    assert.equal(
      exporters.reduce((sum, { datagrams }) => sum + datagrams, 0),
      rounds,
    );
    for (const { malformed, octets } of exporters) {
      assert.ok(malformed > 0 && Number.isFinite(octets));
    }
    for (const { exporters: traffic } of collector.close(1e9)) {
      for (const { interfaces } of traffic.values()) assert.ok(interfaces.size <= 257);
    }
  });

  it('fills no memory with templates, exporters or records that wait', () => {
    const collector = newCollector();
    for (let domain = 0; domain < 200; domain++) {
      for (let id = 256; id < 1000; id += 4) {
        const own = template(id, [8, 4], [12, 4], [1, 4]);
        collector.take(ipfix([set(2, own)], { domain }), '10.0.0.1', 0, 1);
      }
    }
    const [kept] = collector.kept();
    assert.ok(kept!.domains.length <= 64);
    const many = Array.from({ length: 5000 }, (_, i) => [i + 400, 4] as const);
    const before = collector.status().exporters[0]!;
    collector.take(v9([set(0, template(256, ...many))]), '10.0.0.2', 0, 1);
    assert.equal(before.malformed > 0, true);
    assert.deepEqual(collector.kept()[1]!.domains, []);
    // Records of no length would never end.
    collector.take(
      v9([set(0, template(300, [1, 0], [2, 0])), set(300, u(0, 4))]),
      '10.0.0.2',
      0,
      1,
    );
    for (let i = 0; i < 20_000; i++) {
      collector.take(v9([set(400, Buffer.alloc(1000))], { domain: 1 }), '10.0.0.3', 0, 1);
    }
    const waiting = collector.status().exporters.find(({ address }) => address === '10.0.0.3')!;
    assert.ok(waiting.waiting < 9000 && waiting.withoutTemplate > 10_000);
    for (let i = 0; i < 100_000; i++) {
      const address = `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
      collector.take(Buffer.alloc(3), address, 0, 1);
    }
    const { exporters, unknown, more } = collector.status();
    assert.deepEqual([exporters.length, unknown.length], [1000, 50]);
    assert.ok(more > 90_000);
  });

  it('takes at most 100 MB, of a thousand forged exporters with sources of their own', () => {
    const random = randomNumbers(9);
    const collector = newCollector();
    const below = (limit: number) => Math.floor(random() * limit);
    const anyIp = () => Array.from({ length: 4 }, () => below(256)).join('.');
    const held = heldAfter(() => {
      for (let i = 0; i < 12_000; i++) {
        const some = Array.from({ length: 30 }, () => ({
          ...{ source: anyIp(), destination: anyIp(), packets: 1, octets: 40, input: below(2000) },
          destinationPort: below(65_536),
        }));
        collector.take(v5(some), `10.0.${i % 4}.${(i >> 2) % 256}`, i * 10, 1);
      }
    });
    assert.ok(held < 100 * 2 ** 20, `${(held / 2 ** 20).toFixed(0)} MB`);
    assert.equal(collector.status().exporters.length, 1000);
  });

  it('ends at sets without length and at zeros, which others read for ever', () => {
    const collector = newCollector();
    for (const data of [
      v9([Buffer.alloc(1400)]),
      v9([u(256, 2), u(0, 2), Buffer.alloc(40)]),
      ipfix([u(256, 2), u(3, 2)]),
      ipfix([set(2, Buffer.alloc(40))]),
      ipfix([set(3, u(300, 2), u(0, 2))]),
    ]) {
      collector.take(data, '10.0.0.1', 0, 1);
    }
    assert.equal(collector.status().exporters[0]!.datagrams, 5);
  });
});
