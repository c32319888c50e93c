import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Readings, SnapshotRates } from '../../nodes/shared/rates.ts';
import { countNames, type InterfaceState, type Snapshot } from '../../nodes/shared/snapshot.ts';

/** The values of the second snapshot's readings by metric, and its gaps. */
function second(first: Snapshot, then: Snapshot) {
  const rates = new SnapshotRates();
  rates.readings('sw', {}, first);
  return values(rates.readings('sw', {}, then));
}

function values({ readings, gaps }: Readings): Record<string, number> {
  return { gaps, ...Object.fromEntries(readings.map((r) => [r.metric, r.value])) };
}

const at = (time: number, state: Partial<InterfaceState>, uptime?: number): Snapshot => ({
  time,
  interfaces: [{ name: 'eth0', ...state }],
  ...(uptime !== undefined && { uptime }),
});

describe('SnapshotRates: interfaces', () => {
  it('gives no rate for the first observation, but what needs none', () => {
    const rates = new SnapshotRates();
    const state = { index: 3, alias: 'uplink', type: 'ethernet', up: true, speed: 1e9 };
    const info = { alias: 'uplink', type: 'ethernet', index: '3' };
    const labels = { site: 'Bonn', device: 'sw', interface: 'eth0' };
    assert.deepEqual(rates.readings('sw', { site: 'Bonn' }, at(5000, { ...state, inOctets: 7 })), {
      gaps: 0,
      readings: [
        { metric: 'interface_up', value: 1, unit: '1', time: 5000, labels, info },
        { metric: 'interface_speed', value: 1e9, unit: 'bit/s', time: 5000, labels, info },
      ],
    });
  });

  it('gives every rate of two observations', () => {
    const first = { speed: 1e6, up: false };
    const counts = [1000, 2000, 100, 200, 10, 20, 1, 2];
    const grown = [126_000, 252_000, 1100, 1200, 20, 30, 41, 22];
    const counters = (list: number[]) =>
      Object.fromEntries(countNames.map((name, i) => [name, list[i]]));
    assert.deepEqual(
      second(
        at(0, { ...first, ...counters(counts) }),
        at(10_000, { ...first, ...counters(grown) }),
      ),
      {
        gaps: 0,
        in_rate: 100_000,
        out_rate: 200_000,
        in_utilization: 10,
        out_utilization: 20,
        utilization: 20,
        error_rate: 0.01,
        discard_rate: 0.03,
        in_packets: 100,
        out_packets: 100,
        interface_up: 0,
        interface_speed: 1e6,
      },
    );
  });

  it('adds both directions of a half-duplex line', () => {
    const state = (octets: number) =>
      ({ speed: 1e6, duplex: 'half', inOctets: octets, outOctets: octets }) as const;
    assert.equal(second(at(0, state(0)), at(10_000, state(375_000))).utilization, 60);
    assert.equal(second(at(0, state(0)), at(10_000, state(1_000_000))).utilization, 100);
  });

  it('is exact above 2^53', () => {
    const big = 2n ** 63n + 12_345n;
    assert.deepEqual(second(at(0, { inOctets: big }), at(8000, { inOctets: big + 3n })), {
      gaps: 0,
      in_rate: 3,
    });
    const border = Number.MAX_SAFE_INTEGER;
    assert.deepEqual(
      second(at(0, { inOctets: border }), at(8000, { inOctets: BigInt(border) + 5n })),
      { gaps: 0, in_rate: 5 },
    );
  });

  describe('a decrease', () => {
    const wrap = { counterBits: 32, speed: 100e6 } as const;

    it('of 32 bits is a wrap where the line is fast enough for it', () => {
      assert.deepEqual(
        second(
          at(0, { ...wrap, inOctets: 2 ** 32 - 1_000_000 }, 500),
          at(10_000, { ...wrap, inOctets: 250_000 }, 510),
        ),
        { gaps: 0, in_rate: 1_000_000, in_utilization: 1, interface_speed: 100e6 },
      );
    });

    it('of 32 bits is a reset where the line is too slow for it', () => {
      assert.deepEqual(
        second(at(0, { ...wrap, inOctets: 2 ** 31 }), at(10_000, { ...wrap, inOctets: 250_000 })),
        { gaps: 1, interface_speed: 100e6 },
      );
    });

    it('of 32 bits and unknown speed is a wrap up to 100 Mbit/s', () => {
      const next = (before: number) =>
        second(
          at(0, { counterBits: 32, inOctets: before }),
          at(10_000, { counterBits: 32, inOctets: 0 }),
        );
      assert.deepEqual(next(2 ** 32 - 125_000_000), { gaps: 0, in_rate: 100e6 });
      assert.deepEqual(next(2 ** 32 - 125_000_001), { gaps: 1 });
    });

    it('of 64 bits is always a reset, and the next rate is right again', () => {
      const rates = new SnapshotRates();
      rates.readings('sw', {}, at(0, { inOctets: 2n ** 64n - 1n }));
      assert.deepEqual(values(rates.readings('sw', {}, at(10_000, { inOctets: 1000 }))), {
        gaps: 1,
      });
      assert.deepEqual(values(rates.readings('sw', {}, at(20_000, { inOctets: 2000 }))), {
        gaps: 0,
        in_rate: 800,
      });
    });
  });

  it('gives no rate over a restart of the device', () => {
    const state = (octets: number) => ({ inOctets: octets, outOctets: octets });
    assert.deepEqual(second(at(0, state(1), 900), at(10_000, state(9), 5)), { gaps: 2 });
    // Down for an hour, then up for longer than it was before.
    assert.deepEqual(second(at(0, state(1), 60), at(3_600_000, state(9), 90)), { gaps: 2 });
  });

  it('takes no wrap of the uptime for a restart', () => {
    const wrap = 2 ** 32 / 100;
    const states = [at(0, { inOctets: 0 }, wrap - 4), at(8000, { inOctets: 8 }, 4)] as const;
    assert.deepEqual(second(...states), { gaps: 0, in_rate: 8 });
  });

  it('gives no rate over a discontinuity of the interface', () => {
    const state = (inOctets: number, discontinuity?: number) =>
      at(inOctets * 1000, { inOctets, ...(discontinuity !== undefined && { discontinuity }) });
    assert.deepEqual(second(state(1, 0), state(9, 77)), { gaps: 1 });
    assert.deepEqual(second(state(1, 77), state(9, 77)), { gaps: 0, in_rate: 8 });
    assert.deepEqual(second(state(1), state(9, 77)), { gaps: 0, in_rate: 8 });
  });

  it('knows the width of each count', () => {
    const bits = { inErrors: 32 } as const;
    const first = { bits, inOctets: 2 ** 32 - 1, inPackets: 0, inErrors: 2 ** 32 - 2 };
    assert.deepEqual(
      second(at(0, first), at(1000, { bits, inOctets: 0, inPackets: 10, inErrors: 3 })),
      { gaps: 1, error_rate: 0.5, in_packets: 10 },
    );
    const narrow = { bits: { inOctets: 32 }, inOctets: 5 } as const;
    assert.deepEqual(second(at(0, { inOctets: 1 }), at(1000, narrow)), { gaps: 1 });
  });

  it('does not believe a speed that the counts prove false again and again', () => {
    const rates = new SnapshotRates();
    const poll = (n: number, speed = 1e6) =>
      values(rates.readings('vm', {}, at(n * 8000, { speed, inOctets: n * 100e6 })));
    assert.deepEqual(poll(0), { gaps: 0, interface_speed: 1e6 });
    assert.deepEqual(poll(1), { gaps: 1, interface_speed: 1e6 });
    assert.deepEqual(poll(2), { gaps: 1, interface_speed: 1e6 });
    assert.equal(poll(3).gaps, 1);
    for (const n of [4, 5]) assert.deepEqual(poll(n), { gaps: 0, in_rate: 100e6 });
    assert.deepEqual(poll(6, 200e6), {
      gaps: 0,
      in_rate: 100e6,
      in_utilization: 50,
      interface_speed: 200e6,
    });
  });

  it('does not call down what its operator switched off', () => {
    const state = (adminUp: boolean) => at(0, { up: false, adminUp });
    const rates = () => new SnapshotRates();
    assert.deepEqual(values(rates().readings('sw', {}, state(true))), {
      gaps: 0,
      interface_admin_up: 1,
      interface_up: 0,
    });
    assert.deepEqual(values(rates().readings('sw', {}, state(false))), {
      gaps: 0,
      interface_admin_up: 0,
    });
  });

  it('gives no rate where time does not advance', () => {
    for (const time of [10_000, 9999]) {
      const rates = new SnapshotRates();
      rates.readings('sw', {}, at(10_000, { inOctets: 0 }));
      assert.deepEqual(values(rates.readings('sw', {}, at(time, { inOctets: 9 }))), { gaps: 1 });
      assert.equal(values(rates.readings('sw', {}, at(time + 8000, { inOctets: 10 }))).in_rate, 1);
    }
  });

  it('gives the speed for a rate a little above it, and none for an impossible one', () => {
    const next = (octets: number) =>
      second(at(0, { speed: 8000, inOctets: 0 }), at(10_000, { speed: 8000, inOctets: octets }));
    assert.deepEqual(next(12_500), {
      gaps: 0,
      in_rate: 8000,
      in_utilization: 100,
      interface_speed: 8000,
    });
    assert.deepEqual(next(12_501), { gaps: 1, interface_speed: 8000 });
    assert.deepEqual(second(at(0, { inOctets: 5 }), at(10_000, { inOctets: 2n ** 63n })), {
      gaps: 1,
    });
  });

  it('gives neither utilization nor speed where the speed is unknown', () => {
    for (const speed of [0, -1, Number.NaN, Infinity]) {
      assert.deepEqual(second(at(0, { speed, inOctets: 0 }), at(8000, { speed, inOctets: 1000 })), {
        gaps: 0,
        in_rate: 1000,
      });
    }
  });

  it('takes no nonsense for a count', () => {
    for (const bad of [-1, -1n, Number.NaN, Infinity, 1.5, 2n ** 64n, '12' as unknown as number]) {
      const rates = new SnapshotRates();
      rates.readings('sw', {}, at(0, { inOctets: 0, outOctets: 0 }));
      const nonsense = rates.readings('sw', {}, at(8000, { inOctets: bad, outOctets: 8 }));
      assert.deepEqual(values(nonsense), { gaps: 1, out_rate: 8 });
      const after = rates.readings('sw', {}, at(16_000, { inOctets: 50, outOctets: 16 }));
      assert.deepEqual(values(after), { gaps: 0, out_rate: 8 });
    }
  });

  it('counts faults per packet', () => {
    const faults = (inPackets: number, inErrors: number) =>
      second(at(0, { inPackets: 0, inErrors: 0 }), at(1000, { inPackets, inErrors })).error_rate;
    assert.equal(faults(0, 0), 0);
    assert.equal(faults(0, 3), 1);
    assert.equal(faults(2, 3), 1);
    assert.equal(faults(200, 3), 0.015);
    assert.equal(second(at(0, { inErrors: 0 }), at(1000, { inErrors: 9 })).error_rate, undefined);
  });

  it('gives no fault rate of one direction where the other has none it can trust', () => {
    const state = { inPackets: 0, inErrors: 0, outPackets: 9, outErrors: 9 };
    const next = { inPackets: 10, inErrors: 5, outPackets: 19, outErrors: 8 };
    assert.deepEqual(second(at(0, state), at(1000, next)), {
      gaps: 1,
      in_packets: 10,
      out_packets: 10,
    });
  });

  it('knows an interface by its name when its index changes', () => {
    const state = (index: number, inOctets: number) => ({ index, inOctets });
    assert.equal(second(at(0, state(1, 0)), at(8000, state(7, 16))).in_rate, 16);
  });

  it('tells interfaces of the same name apart', () => {
    const snapshot = (time: number, counts: number[]): Snapshot => ({
      time,
      interfaces: counts.map((inOctets) => ({ name: 'vlan', index: inOctets % 10, inOctets })),
    });
    const rates = new SnapshotRates();
    rates.readings('sw', {}, snapshot(0, [1, 1002, 3003]));
    const { readings, gaps } = rates.readings('sw', {}, snapshot(8000, [3013, 1002, 21]));
    assert.equal(gaps, 0);
    assert.deepEqual(
      readings.map((r) => [r.labels.interface, r.value]),
      [
        ['vlan#3', 10],
        ['vlan#2', 0],
        ['vlan#1', 20],
      ],
    );
  });

  it('forgets what vanished', () => {
    const rates = new SnapshotRates();
    rates.readings('sw', {}, at(0, { inOctets: 0, outOctets: 0 }));
    rates.readings('sw', {}, { time: 8000, interfaces: [] });
    const back = rates.readings('sw', {}, at(16_000, { inOctets: 9, outOctets: 9 }));
    assert.deepEqual(back, { readings: [], gaps: 0 });
  });
});

describe('SnapshotRates: other readings', () => {
  const counter = { metric: 'octets', unit: 'bit/s', counter: true };
  const samples = (time: number, readings: Snapshot['readings'], uptime?: number): Snapshot => ({
    time,
    ...(readings && { readings }),
    ...(uptime !== undefined && { uptime }),
  });

  it('gives plain readings the time, and labels that cannot take the name of the device', () => {
    const rates = new SnapshotRates();
    const labels = { disk: '/', device: 'another' };
    const sample = { metric: 'disk_usage', unit: '%', value: 0.42, scale: 100, labels };
    const info = { type: 'ext4' };
    assert.deepEqual(rates.readings('nas', { site: 'Bonn' }, samples(7, [{ ...sample, info }])), {
      gaps: 0,
      readings: [
        {
          metric: 'disk_usage',
          value: 42,
          unit: '%',
          time: 7,
          labels: { site: 'Bonn', disk: '/', device: 'nas' },
          info,
        },
      ],
    });
  });

  it('gives the scaled rate of a counter, and none where it fell', () => {
    const rates = new SnapshotRates();
    const next = (time: number, value: number | bigint, uptime: number) =>
      values(rates.readings('sw', {}, samples(time, [{ ...counter, value, scale: 8 }], uptime)));
    assert.deepEqual(next(0, 100, 50), { gaps: 0 });
    assert.deepEqual(next(10_000, 112.5, 60), { gaps: 0, octets: 10 });
    assert.deepEqual(next(20_000, 2n ** 63n, 70).gaps, 0);
    assert.deepEqual(next(30_000, 2n ** 63n + 5n, 80), { gaps: 0, octets: 4 });
    assert.deepEqual(next(40_000, 3, 90), { gaps: 1 });
    assert.deepEqual(next(50_000, 13, 9), { gaps: 1 });
  });

  it('gives no share above 100 %, which a poll that comes early seems to see', () => {
    const usage = { metric: 'cpu_usage', unit: '%', counter: true, scale: 50 };
    assert.deepEqual(
      second(samples(0, [{ ...usage, value: 0 }]), samples(1000, [{ ...usage, value: 2.01 }])),
      { gaps: 0, cpu_usage: 100 },
    );
  });

  it('takes the decrease of a 32-bit counter for a wrap where that is plausible', () => {
    const narrow = (time: number, value: number) =>
      samples(time, [{ ...counter, bits: 32 as const, value }]);
    assert.deepEqual(second(narrow(0, 2 ** 32 - 6), narrow(1000, 4)), { gaps: 0, octets: 10 });
    assert.deepEqual(second(narrow(0, 2 ** 31), narrow(1000, 4)), { gaps: 1 });
  });

  it('leaves out what is no value', () => {
    for (const value of [Number.NaN, Infinity]) {
      assert.deepEqual(second(samples(0, []), samples(1, [{ metric: 'm', unit: '1', value }])), {
        gaps: 0,
      });
    }
    const bad = samples(1, [{ ...counter, value: -1 }]);
    assert.deepEqual(second(samples(0, [{ ...counter, value: 1 }]), bad), { gaps: 1 });
  });
});

describe('SnapshotRates: any sequence of snapshots', () => {
  const count = fc.oneof(
    fc.nat({ max: 1e6 }),
    fc.maxSafeNat(),
    fc.bigInt({ min: 0n, max: 2n ** 65n }),
    fc.constantFrom(2 ** 32 - 1, 2 ** 32, -1, -5n, Number.NaN, Infinity, 0.5),
  );
  const state = fc.record(
    {
      name: fc.constantFrom('a', 'a', 'b', ''),
      index: fc.nat({ max: 3 }),
      up: fc.boolean(),
      speed: fc.constantFrom(0, 1, 9600, 1e9, 4e11, -1, Number.NaN),
      duplex: fc.constantFrom('full' as const, 'half' as const),
      counterBits: fc.constantFrom(32 as const, 64 as const),
      bits: fc.constantFrom({ inOctets: 32 as const }, { inErrors: 64 as const }),
      discontinuity: fc.nat({ max: 1 }),
      adminUp: fc.boolean(),
      ...Object.fromEntries(countNames.map((name) => [name, count])),
    },
    { requiredKeys: ['name'] },
  ) as fc.Arbitrary<InterfaceState>;
  const sample = fc.record(
    { metric: fc.constantFrom('m', 'n'), unit: fc.constant('1'), value: count },
    { requiredKeys: ['metric', 'unit', 'value'] },
  );
  const snapshot = fc.record(
    {
      time: fc.nat({ max: 100_000 }),
      uptime: fc.nat({ max: 1000 }),
      interfaces: fc.array(state, { maxLength: 4 }),
      readings: fc.array(
        fc
          .tuple(sample, fc.constantFrom(32, 64))
          .map(([s, bits]) => ({ ...s, counter: true, bits })),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['time'] },
  ) as fc.Arbitrary<Snapshot>;

  it('gives no reading that is negative, no number or above the line speed', () => {
    fc.assert(
      fc.property(fc.array(snapshot, { maxLength: 8 }), (snapshots) => {
        const rates = new SnapshotRates();
        for (const each of snapshots) {
          const { readings } = rates.readings('sw', {}, each);
          const speeds = new Map(
            readings
              .filter((r) => r.metric === 'interface_speed')
              .map((r) => [r.labels.interface, r.value]),
          );
          const series = readings.map((r) => `${r.metric} ${r.labels.interface}`);
          for (const [i, { metric, value, labels, unit }] of readings.entries()) {
            assert.ok(Number.isFinite(value) && value >= 0, `${metric} is ${value}`);
            if (unit === '%') assert.ok(value <= 100, `${metric} is ${value}`);
            if (metric.endsWith('r_rate') || metric === 'discard_rate') assert.ok(value <= 1);
            if (unit === 'bit/s') assert.ok(value <= (speeds.get(labels.interface) ?? 1.6e12));
            if (labels.interface !== undefined) assert.equal(series.indexOf(series[i]!), i);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
