import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  countNames,
  type InterfaceState,
  type Snapshot,
} from '../../../nodes/contract/snapshot.ts';
import { type Readings, SnapshotRates } from '../../../nodes/shared/rates/snapshot-rates.ts';

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
    assert.deepEqual(second(state(1, 77), state(9)), { gaps: 0, in_rate: 8 });
  });

  it('divides by the time between the answers, whatever the clock shows', () => {
    const state = { speed: 1e9 };
    for (const step of [-50_000, -9500, 0, 30_000, 3_600_000]) {
      const rates = new SnapshotRates();
      const poll = (n: number, time: number) =>
        values(
          rates.readings(
            'sw',
            {},
            {
              ...at(time, { ...state, inOctets: n * 25e6 }, n * 10),
              countedAt: 5000 + n * 10_000,
            },
          ),
        );
      poll(1, 1e12);
      assert.equal(poll(2, 1e12 + 10_000 + step).in_rate, 20e6);
      assert.equal(poll(3, 1e12 + 20_000 + step).in_rate, 20e6);
    }
  });

  it('divides by the time between the answers that held the counts of each interface', () => {
    const poll = (countedAt: number[], octets: number): Snapshot => ({
      time: 0,
      countedAt: countedAt[0]!,
      interfaces: countedAt.map((ms, i) => ({ name: `eth${i}`, inOctets: octets, countedAt: ms })),
    });
    const rates = new SnapshotRates();
    rates.readings('sw', {}, poll([0, 100], 0));
    const { readings } = rates.readings('sw', {}, poll([8000, 10_100], 80_000));
    assert.deepEqual(
      readings.map(({ value }) => value),
      [80_000, 64_000],
    );
  });

  it('rounds to what a rate can mean', () => {
    const first = { speed: 1e9, inOctets: 0, inPackets: 0, inErrors: 0 };
    const then = { speed: 1e9, inOctets: 123_456_789, inPackets: 7, inErrors: 1 };
    assert.deepEqual(second(at(0, first), at(9999, then)), {
      gaps: 0,
      in_rate: 98_775_300,
      in_utilization: 9.878,
      in_packets: 0.70007,
      error_rate: 0.142857,
      interface_speed: 1e9,
    });
  });

  describe('a 32-bit count that falls', () => {
    const poll = (rates: SnapshotRates, n: number, inOctets: number, speed = 1e9) =>
      values(rates.readings('sw', {}, at(n * 60_000, { counterBits: 32, speed, inOctets })));

    it('a little has not wrapped', () => {
      for (const [speed, steady] of [
        [1e9, 1e6],
        [1e8, 1e5],
      ] as const) {
        const rates = new SnapshotRates();
        poll(rates, 0, 16e6 - (steady * 60) / 8, speed);
        assert.equal(poll(rates, 1, 16e6, speed).in_rate, steady);
        assert.deepEqual(poll(rates, 2, 15_999_000, speed), { gaps: 1, interface_speed: speed });
      }
      const new_ = new SnapshotRates();
      poll(new_, 0, 16e6);
      assert.deepEqual(poll(new_, 1, 15_999_000), { gaps: 1, interface_speed: 1e9 });
    });

    it('to 0 was set back where the line is as slow as before', () => {
      const rates = new SnapshotRates();
      poll(rates, 0, 3e9 - 7.5e6);
      poll(rates, 1, 3e9);
      assert.deepEqual(poll(rates, 2, 1000), { gaps: 1, interface_speed: 1e9 });
      assert.equal(poll(rates, 3, 7.5e6 + 1000).in_rate, 1e6);
    });

    it('has wrapped where it grew by eight times more than before, and no further', () => {
      for (const [beyond, expected] of [
        [0, { gaps: 0, in_rate: 8e6, in_utilization: 0.8, interface_speed: 1e9 }],
        [1, { gaps: 1, interface_speed: 1e9 }],
      ] as const) {
        const rates = new SnapshotRates();
        poll(rates, 0, 2 ** 32 - 47.5e6);
        poll(rates, 1, 2 ** 32 - 40e6);
        assert.deepEqual(poll(rates, 2, 20e6 + beyond), expected);
      }
    });

    it('of errors or discards was set back, unless it was at its very end', () => {
      const faults = (before: number) =>
        second(
          at(0, { counterBits: 32, speed: 1e9, inPackets: 0, inErrors: before }),
          at(60_000, { counterBits: 32, speed: 1e9, inPackets: 6000, inErrors: 3 }),
        );
      const told = { in_packets: 100, interface_speed: 1e9 };
      assert.deepEqual(faults(4.2e9), { gaps: 1, ...told });
      assert.deepEqual(faults(2 ** 32 - 3), { gaps: 0, error_rate: 0.001, ...told });
    });

    it('has wrapped where the line is as fast as before, also nearly once a poll', () => {
      const rates = new SnapshotRates();
      let octets = 0;
      const step = (n: number) => {
        octets = (octets + 3.75e9) % 2 ** 32;
        return values(
          rates.readings(
            'sw',
            {},
            at(n * 30_000, { counterBits: 32, speed: 1e9, inOctets: octets }),
          ),
        );
      };
      step(0);
      for (let n = 1; n < 20; n++) {
        const { gaps, in_rate } = step(n);
        // Only until the first rise shows how fast it is.
        if (n > 8) assert.deepEqual([gaps, in_rate], [0, 1e9]);
      }
    });
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

  it('believes a speed whatever it tells of packets', () => {
    const rates = new SnapshotRates();
    for (let n = 0; n < 6; n++) {
      const state = { speed: 1e6, inOctets: n * 1000, inPackets: n * 1e9 };
      const told = values(rates.readings('vm', {}, at(n * 8000, state)));
      assert.equal(told.interface_speed, 1e6);
      if (n > 0) assert.deepEqual([told.in_rate, told.gaps], [1000, 1]);
    }
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

  it('takes no more packets than a line can carry of the shortest', () => {
    const next = (packets: number) =>
      second(at(0, { speed: 8000, inPackets: 0 }), at(10_000, { speed: 8000, inPackets: packets }));
    assert.deepEqual(next(625), { gaps: 0, in_packets: 62.5, interface_speed: 8000 });
    assert.deepEqual(next(626), { gaps: 1, interface_speed: 8000 });
  });

  it('bounds what a line discards by no speed of its own', () => {
    const next = (inDiscards: number) =>
      second(
        at(0, { speed: 8000, inPackets: 0, inDiscards: 0 }),
        at(10_000, { speed: 8000, inPackets: 10, inDiscards }),
      );
    const packets = { in_packets: 1, interface_speed: 8000 };
    assert.deepEqual(next(1e11), { gaps: 0, discard_rate: 1, ...packets });
    assert.deepEqual(next(1e11 + 1), { gaps: 1, ...packets });
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
    for (const inErrors of [0, 9]) {
      assert.equal(second(at(0, { inErrors: 0 }), at(1000, { inErrors })).error_rate, undefined);
    }
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

  it('gives plain readings the time, and keeps labels that are taken beside the operator’s', () => {
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
          labels: { site: 'Bonn', disk: '/', device: 'nas', exported_device: 'another' },
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
    for (const metric of ['cpu_usage', 'own_share']) {
      const usage = { metric, unit: '%', counter: true, scale: 50 };
      assert.deepEqual(
        second(samples(0, [{ ...usage, value: 0 }]), samples(1000, [{ ...usage, value: 2.01 }])),
        { gaps: 0, [metric]: 100 },
      );
    }
  });

  it('gives no rate of a counter where time does not advance', () => {
    const now = [{ ...counter, value: 20 }];
    assert.deepEqual(second(samples(5, [{ ...counter, value: 9 }]), samples(5, now)), { gaps: 1 });
  });

  it('takes the decrease of a 32-bit counter for a wrap where that is plausible', () => {
    const narrow = (time: number, value: number) =>
      samples(time, [{ ...counter, bits: 32 as const, value }]);
    assert.deepEqual(second(narrow(0, 2 ** 32 - 6), narrow(1000, 4)), { gaps: 0, octets: 10 });
    assert.deepEqual(second(narrow(0, 2 ** 31), narrow(1000, 4)), { gaps: 1 });
  });

  it('takes no growth of more than 125 MB a second for a wrap', () => {
    const narrow = (time: number, value: number) =>
      samples(time, [{ ...counter, bits: 32 as const, value }]);
    const next = (grown: number) => second(narrow(0, 2 ** 32 - grown), narrow(10_000, 0));
    assert.deepEqual(next(1.25e9), { gaps: 0, octets: 125e6 });
    assert.deepEqual(next(1.25e9 + 1), { gaps: 1 });
  });

  it('gives the rate of the first of two counters of one series', () => {
    const twice = (time: number, values: number[]) =>
      samples(
        time,
        values.map((value) => ({ ...counter, value })),
      );
    assert.deepEqual(second(twice(0, [0, 100]), twice(1000, [8, 999])), { gaps: 1, octets: 8 });
    const { readings } = new SnapshotRates().readings('sw', {}, twice(0, [0, 100]));
    assert.deepEqual(readings, []);
  });

  it('lets no label of a device take the place of one of the operator', () => {
    const labels = { site: 'hacked', exported_site: 'x', interface: 'eth0' };
    const { readings } = new SnapshotRates().readings(
      'sw',
      { site: 'Bonn' },
      samples(0, [{ metric: 'm', unit: '1', value: 1, labels }]),
    );
    assert.deepEqual(readings[0]!.labels, {
      site: 'Bonn',
      device: 'sw',
      exported_exported_site: 'hacked',
      exported_site: 'x',
      interface: 'eth0',
    });
  });

  it('gives each series once, whatever tells it', () => {
    const labels = { disk: '/' };
    const usage = { metric: 'disk_usage', unit: '%', value: 95, labels };
    const { readings, gaps, problems } = new SnapshotRates().readings(
      'nas',
      {},
      {
        time: 0,
        interfaces: [{ name: 'eth0', up: true }],
        readings: [
          usage,
          { ...usage, value: 5 },
          { metric: 'interface_up', unit: '1', value: 0, labels: { interface: 'eth0' } },
          ...['device_up', 'poll_duration', 'counter_gaps', 'clock_offset'].map((metric) => ({
            ...{ metric, unit: '1', value: 1 },
          })),
          { metric: 'device_up', unit: '1', value: 1, labels },
        ],
      },
    );
    assert.deepEqual(
      readings.map(({ metric, value }) => [metric, value]),
      [
        ['interface_up', 1],
        ['disk_usage', 95],
        ['device_up', 1],
      ],
    );
    assert.equal(gaps, 6);
    assert.deepEqual(
      problems!.map(({ message }) => message),
      [
        'disk_usage{disk="/"} is there twice; the first one counts',
        'interface_up{interface="eth0"} is there twice; the first one counts',
        'device_up{} is there twice; the first one counts',
        'poll_duration{} is there twice; the first one counts',
        'counter_gaps{} is there twice; the first one counts',
        'clock_offset{} is there twice; the first one counts',
      ],
    );
  });

  it('tells of a hundred problems at most, however many there are', () => {
    const usage = { metric: 'disk_usage', unit: '%', value: 95 };
    const many = Array.from({ length: 151 }, () => usage);
    const { gaps, problems } = new SnapshotRates().readings('nas', {}, samples(0, many));
    assert.deepEqual([gaps, problems!.length], [150, 100]);
  });

  it('leaves out what a metric cannot be', () => {
    const told = (metric: string, value: number, unit = '%') => {
      const snapshot = samples(0, [{ metric, unit, value }]);
      return new SnapshotRates().readings('sw', {}, snapshot).readings.map((r) => r.value);
    };
    assert.deepEqual(told('cpu_usage', 2641), []);
    assert.deepEqual(told('cpu_usage', 100.4), [100]);
    assert.deepEqual(told('cpu_usage', -0.01), []);
    assert.deepEqual(told('process_cpu_usage', 240), [240]);
    assert.deepEqual(told('in_rate', -1, 'bit/s'), []);
    assert.deepEqual(told('uptime', -0.01, 's'), []);
    assert.deepEqual(told('temperature', -20, '°C'), [-20]);
    assert.deepEqual(told('temperature', -300, '°C'), []);
    assert.deepEqual(told('certificate_days_left', -3, 'd'), [-3]);
    assert.deepEqual(told('ups_load', 140), [140]);
  });

  it('takes a small fall of a 32-bit counter for no wrap', () => {
    const narrow = (time: number, value: number) =>
      samples(time, [{ ...counter, bits: 32 as const, value }]);
    const rates = new SnapshotRates();
    for (const [i, value] of [4e9, 4.1e9, 4.2e9].entries()) {
      rates.readings('sw', {}, narrow(i * 60_000, value));
    }
    const next = rates.readings('sw', {}, narrow(180_000, 32_704));
    assert.deepEqual(values(next), { gaps: 0, octets: 1_583_330 });
    rates.readings('sw', {}, narrow(240_000, 1e8));
    assert.deepEqual(values(rates.readings('sw', {}, narrow(300_000, 99_999_000))), { gaps: 1 });
  });

  it('takes a 32-bit counter for wrapped by its pace, of before a reset too', () => {
    const poll = (rates: SnapshotRates, n: number, value: number) => {
      const snapshot = samples(n * 60_000, [{ ...counter, bits: 32 as const, value }]);
      return values(rates.readings('sw', {}, snapshot));
    };
    for (const [beyond, expected] of [
      [0, { gaps: 0, octets: 8e6 }],
      [1, { gaps: 1 }],
    ] as const) {
      const rates = new SnapshotRates();
      poll(rates, 0, 2 ** 32 - 460e6);
      poll(rates, 1, 2 ** 32 - 400e6);
      assert.deepEqual(poll(rates, 2, 80e6 + beyond), expected);
    }
    const slow = new SnapshotRates();
    for (const [n, value] of [4e9, 4e9 + 600, 4e9].entries()) poll(slow, n, value);
    assert.deepEqual(poll(slow, 3, 5), { gaps: 1 });
    const idle = new SnapshotRates();
    for (const [n, value] of [60, 30].entries()) poll(idle, n, 2 ** 32 - 2e6 - value);
    assert.deepEqual(poll(idle, 2, 1e6), { gaps: 0, octets: 50_000.5 });
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
