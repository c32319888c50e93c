import assert from 'node:assert/strict';
import type { Reading } from '../../nodes/contract/reading.ts';
import { ExporterReadings } from '../../nodes/flow-collector/exporter-readings.ts';
import { KnownDevices } from '../../nodes/flow-collector/known-devices.ts';
import { CounterReports } from '../../nodes/shared/flows/counter-reports.ts';
import type { InterfaceReport } from '../../nodes/shared/flows/report.ts';

function finished<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const written = (readings: Reading[]) =>
  readings.map(({ metric, value, unit, labels, info }) =>
    [metric, ...Object.values(labels), value, unit, ...Object.entries(info ?? {}).flat()].join(' '),
  );

describe('The readings of an exporter', () => {
  const names = { device: () => 'edge', interface: () => undefined as string | undefined };
  const one = (index: number, name?: string): InterfaceReport => ({
    ...{ index, name, octets: 7500, packets: 60, factor: 1, rows: [] },
  });
  const report = { exporter: '192.0.2.1', time: 5, seconds: 60, peers: [] };

  it('have bits and packets a second, what was sampled, and how right it is', () => {
    const rows = [{ labels: { talker: '10.0.0.1' }, octets: 750, packets: 6, bound: 75 }];
    const interfaces = [{ ...one(3, 'wan'), factor: 512, rows }];
    const made = new ExporterReadings(names).takeReport({ ...report, interfaces }, true)!;
    assert.deepEqual(written(finished(made)), [
      'flow_rate edge wan 1000 bit/s index 3 sampled 512',
      'flow_packets edge wan 1 1/s index 3 sampled 512',
      'flow_rate edge wan 10.0.0.1 100 bit/s index 3 sampled 512 error_bound 10',
      'flow_packets edge wan 10.0.0.1 0.1 1/s index 3 sampled 512',
    ]);
  });

  it('come once all parts of a report have', () => {
    const readings = new ExporterReadings(names);
    assert.equal(readings.takeReport({ ...report, interfaces: [one(1)] }, false), undefined);
    const peers = [{ talker: '10.0.0.1', count: 7 }];
    const made = readings.takeReport({ ...report, interfaces: [one(2)], peers }, true)!;
    assert.deepEqual(
      written(finished(made)).filter((line) => !line.includes('packets')),
      [
        'flow_rate edge 1 1000 bit/s index 1',
        'flow_rate edge 2 1000 bit/s index 2',
        'flow_peers edge 10.0.0.1 7 1',
      ],
    );
  });

  it('have the names of interfaces: of the poll, of the exporter, or the index', () => {
    const known = new KnownDevices(() => true);
    known.setInterfaces({ device: 'r', address: '192.0.2.1:161', names: [[1, 'ether1']] });
    const readings = new ExporterReadings({
      device: () => 'edge',
      interface: (address, index) => known.interfaceName(address, index),
    });
    const interfaces = [
      one(1, 'x'),
      one(2, 'lan'),
      one(3),
      one(4, 'same'),
      one(5, 'same'),
      one(-1),
    ];
    const made = finished(readings.takeReport({ ...report, interfaces }, true)!);
    const labels = made
      .filter(({ metric }) => metric === 'flow_rate')
      .map((r) => r.labels.interface);
    assert.deepEqual(labels, ['ether1', 'lan', '3', 'same (4)', 'same (5)', 'other']);
  });

  it('have the rates of the counts that sFlow tells', () => {
    const counters = new CounterReports(60_000, 0);
    const told = {
      ...{ index: 5, speed: 1e9, fullDuplex: true, adminUp: true, up: true },
      ...{ inErrors: 0, outErrors: 0, inDiscards: 0, outDiscards: 0, inPackets: 0, outPackets: 0 },
    };
    const readings = new ExporterReadings(names);
    const take = (arrived: number, octets: bigint) => {
      counters.take('192.0.2.1', { ...told, inOctets: octets, outOctets: octets * 2n }, arrived);
      const [closed] = counters.close(arrived + 30_000, 0);
      const interfaces = closed!.interfaces.map((each) => ({ ...each, ownName: undefined }));
      return written(finished(readings.takeCounters({ ...closed!, interfaces })));
    };
    take(30_000, 1000n);
    const lines = take(90_000, 1000n + 7500n);
    assert.ok(
      lines.some((line) => line.startsWith('in_rate edge 5 1000 bit/s')),
      lines.join('\n'),
    );
    assert.ok(lines.some((line) => line.startsWith('out_rate edge 5 2000 bit/s')));
    assert.deepEqual(counters.close(100_000, 0), []);
  });
});

describe('The devices that others tell of', () => {
  it('have names by their addresses, as long as their node is there', () => {
    const there = new Set(['poll']);
    const known = new KnownDevices((node) => there.has(node));
    known.setList({
      node: 'poll',
      devices: [
        { device: 'core', address: '10.0.0.1' },
        { device: 'ap', address: '10.0.0.2:8443' },
        { device: 'v6', address: '[fd00::1]:161' },
        { device: 'name', address: 'core.example.net' },
        { device: '10.0.0.9', address: '10.0.0.9' },
      ],
    });
    assert.deepEqual(Object.fromEntries(known.names()), {
      ...{ '10.0.0.1': 'core', '10.0.0.2': 'ap', 'fd00::1': 'v6' },
    });
    there.clear();
    assert.equal(known.names().size, 0);
  });
});
