import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SnapshotRates } from '../../../nodes/shared/rates/snapshot-rates.ts';

interface Device {
  /** bit/s at a time in s */
  load: (time: number) => number;
  /** s between two refreshes of its counts, and when the first one is */
  refresh: number;
  phase?: number;
  speed?: number;
}

/** How a device tells its octets: of a port, or as a counter that a user chose. */
const told = {
  'a port': (octets: number, speed: number) => ({
    interfaces: [{ name: 'eth0', inOctets: octets, ...(speed && { speed }) }],
  }),
  'a counter': (octets: number) => ({
    readings: [{ metric: 'octets', unit: 'bit/s', counter: true, scale: 8, value: octets }],
  }),
};
type As = keyof typeof told;

/** The rates of a device's octets, by poll: `-` where there is none. */
function rates(device: Device, polls: number[], as: As = 'a port'): (number | '-')[] {
  const { load, refresh, phase = 0, speed = 1e9 } = device;
  const watched = new SnapshotRates();
  return polls.map((time) => {
    const refreshed = Math.floor((time - phase) / refresh) * refresh + phase;
    let octets = 0;
    for (let s = 0; s < refreshed; s++) octets += load(s) / 8;
    const snapshot = { time: time * 1000, ...told[as](Math.round(octets) + 1e12, speed) };
    const { readings } = watched.readings('sw', {}, snapshot);
    return (
      readings.find(({ unit, metric }) => unit === 'bit/s' && metric !== 'interface_speed')
        ?.value ?? '-'
    );
  });
}

const every = (seconds: number, count: number) =>
  Array.from({ length: count }, (_, i) => i * seconds);

describe('A device that refreshes its counts', () => {
  const M = 1e6;
  for (const [name, device, interval, expected] of [
    [
      'every third poll',
      { load: () => 500 * M, refresh: 30 },
      10,
      ['-', 0, 0, 500 * M, '-', '-', 500 * M, '-', '-', 500 * M],
    ],
    [
      'every second poll',
      { load: () => 900 * M, refresh: 60 },
      30,
      ['-', 0, 900 * M, '-', 900 * M, '-', 900 * M],
    ],
    [
      'two times in three polls',
      { load: () => 700 * M, refresh: 15 },
      10,
      ['-', 0, 525 * M, 700 * M, '-', 700 * M, 700 * M, '-', 700 * M, 700 * M],
    ],
    [
      'every third poll, and tells no speed',
      { load: () => 500 * M, refresh: 30, speed: 0 },
      10,
      ['-', 0, 0, 500 * M, '-', '-', 500 * M],
    ],
    [
      'every five minutes',
      { load: () => 100 * M, refresh: 300 },
      60,
      ['-', 0, 0, 0, 0, 100 * M, '-', '-', '-', '-', 100 * M],
    ],
    [
      'at each poll',
      { load: () => 100 * M, refresh: 1 },
      10,
      ['-', 100 * M, 100 * M, 100 * M, 100 * M],
    ],
  ] as const) {
    for (const as of ['a port', 'a counter'] as const) {
      it(`of ${as} ${name} has the rate of the time in between`, () => {
        assert.deepEqual(rates(device, every(interval, expected.length), as), expected);
      });
    }
  }

  it('is 0 while it never had any traffic, and after it has had none for a while', () => {
    assert.deepEqual(rates({ load: () => 0, refresh: 1 }, every(10, 5)), ['-', 0, 0, 0, 0]);
    const stopped = rates({ load: (s) => (s < 50 ? 8e6 : 0), refresh: 1 }, every(10, 20));
    assert.deepEqual(stopped.slice(1, 6), [8e6, 8e6, 8e6, 8e6, 8e6]);
    assert.ok(stopped.slice(6, 15).every((rate) => rate === '-'));
    assert.deepEqual(stopped.slice(17), [0, 0, 0]);
  });

  it('has the rate of several refreshes where polls were left out', () => {
    const device = { load: () => 500 * M, refresh: 30 };
    assert.deepEqual(rates(device, [...every(10, 10), 160]).slice(-2), [500 * M, 500 * M]);
  });

  it('starts anew after a long silence', () => {
    const load = (s: number) => (s < 50 || s >= 600 ? 8e6 : 0);
    const resumed = rates({ load, refresh: 1 }, every(10, 65));
    assert.deepEqual(resumed.slice(58), [0, 0, 0, 8e6, 8e6, 8e6, 8e6]);
  });

  it('is told apart from one that counts few events', () => {
    const watched = new SnapshotRates();
    const events = [0, 0, 1, 1, 1, 3, 3, 3, 3];
    const told = events.map((value, n) => {
      const readings = [{ metric: 'retries', unit: '1/s', counter: true, value }];
      return watched.readings('ups', {}, { time: n * 10_000, readings }).readings[0]?.value;
    });
    assert.deepEqual(told, [undefined, 0, 0.1, 0, 0, 0.2, 0, 0, 0]);
  });

  it('may have live ones beside: its ports and its own counters for those of a user', () => {
    const watched = new SnapshotRates();
    const told = every(10, 10).map((time) => {
      const { readings } = watched.readings(
        'sw',
        {},
        {
          time: time * 1000,
          interfaces: [{ name: 'eth0', inOctets: time * 100 }],
          readings: [
            { metric: 'ip_in_packets', unit: '1/s', counter: true, value: time * 5 },
            { metric: 'mine', unit: '1/s', counter: true, value: Math.floor(time / 30) * 900 },
          ],
        },
      );
      return Object.fromEntries(readings.map(({ metric, value }) => [metric, value]));
    });
    for (const { in_rate, ip_in_packets } of told.slice(1)) {
      assert.deepEqual([in_rate, ip_in_packets], [800, 5]);
    }
    const mine = told.map((values) => values.mine ?? '-');
    assert.deepEqual(mine, ['-', 0, 0, 30, '-', '-', 30, '-', '-', 30]);
  });

  it('has ports that are idle while others are not', () => {
    const watched = new SnapshotRates();
    const poll = (n: number) =>
      watched
        .readings(
          'sw',
          {},
          {
            time: n * 10_000,
            interfaces: [
              { name: 'busy', inOctets: n * 1e6 },
              { name: 'idle', inOctets: 7 },
            ],
          },
        )
        .readings.map(({ value }) => value);
    poll(0);
    for (let n = 1; n < 30; n++) assert.deepEqual(poll(n), [8e5, 0]);
  });

  it('never seems idle or twice as busy once it is known, however it is polled', () => {
    const cases = fc.record({
      interval: fc.constantFrom(5, 10, 15, 30, 60),
      factor: fc.double({ min: 1.1, max: 4, noNaN: true }),
      phase: fc.double({ min: 0, max: 1, noNaN: true }),
      jitter: fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), {
        minLength: 60,
        maxLength: 60,
      }),
    });
    fc.assert(
      fc.property(cases, ({ interval, factor, phase, jitter }) => {
        const refresh = Math.max(2, Math.round(interval * factor));
        if (refresh <= interval) return;
        const polls = jitter.map((by, i) => i * interval + (i === 0 ? 0 : by * interval));
        const device = { load: () => 200e6, refresh, phase: -phase * refresh };
        const known = rates(device, polls).slice(12);
        const told = known.filter((rate) => rate !== '-');
        assert.ok(told.length > 5, `${told.length} rates`);
        for (const rate of told) {
          assert.ok(
            rate > 130e6 && rate < 280e6,
            `${rate} of refresh ${refresh}, poll ${interval}`,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
