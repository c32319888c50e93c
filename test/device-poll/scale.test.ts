import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Poller } from '../../nodes/device-poll/poller.ts';
import { readDevices } from '../../nodes/shared/devices/devices.ts';
import type { PollEvent } from '../../nodes/shared/red/poll-events.ts';
import { FakeClock } from '../support/fake-clock.ts';

const count = 2000;
const interval = 60_000;
const devices = Array.from({ length: count }, (_, i) => ({
  name: `switch-${i}`,
  address: `10.0.${i >> 8}.${i & 255}`,
}));

/** A poller of 2,000 devices that answer at once, but for those that hang. */
function setUp(hangs: (address: string) => boolean = () => false) {
  const clock = new FakeClock();
  const abort = new AbortController();
  const began: { at: number; address: string }[] = [];
  const delivered = new Map<string, number>();
  const events: PollEvent[] = [];
  let running = 0;
  let most = 0;
  const poller = new Poller({
    interval,
    limit: 20,
    clock,
    signal: abort.signal,
    fail: (error) => assert.fail(error as Error),
    tell: (event) => events.push(event),
    deliver: ({ device: { name } }) => delivered.set(name, (delivered.get(name) ?? 0) + 1),
    access: {
      async poll(address, signal) {
        began.push({ at: clock.steady(), address });
        most = Math.max(most, ++running);
        await (hangs(address) ? new Promise(() => {}) : setImmediate());
        running--;
        signal.throwIfAborted();
        return { snapshot: { time: 0, interfaces: [] }, problems: [] };
      },
    },
  });
  poller.replace(readDevices(devices));
  return {
    poller,
    clock,
    began,
    delivered,
    events,
    most: () => most,
    pass: async (ms: number) => {
      for (let left = ms; left > 0; left -= 300) {
        clock.advance(Math.min(left, 300));
        // The answers of these 10 devices.
        for (let i = 0; i < 3; i++) await setImmediate();
      }
    },
  };
}

describe('a poller of 2,000 devices', () => {
  it('spreads them evenly, each once an interval, with one timer for all', async () => {
    const { clock, began, delivered, events, pass } = setUp();
    await pass(interval - 1);
    assert.deepEqual(
      began,
      devices.map(({ address }, i) => ({ at: (i * interval) / count, address })),
    );
    assert.equal(clock.timers, 1);
    await pass(interval);
    assert.equal(delivered.size, count);
    assert.deepEqual(new Set(delivered.values()), new Set([2]));
    assert.equal(events.filter((event) => event !== 'ok').length, 0);
  });

  it('does not mind one that hangs', async () => {
    const dead = devices[0]!;
    const { delivered, events, poller, pass } = setUp((address) => address === dead.address);
    await pass(3 * interval - 1);
    assert.equal(delivered.size, count - 1);
    assert.deepEqual(new Set(delivered.values()), new Set([3]));
    assert.deepEqual(
      events.filter((event) => event !== 'ok'),
      ['late', 'late'],
    );
    assert.equal(poller.summary.count().late, 1);
  });

  it('holds its limit where all are asked for at once', async () => {
    const { poller, most } = setUp();
    await poller.pollAll(() => {});
    assert.equal(most(), 20);
  });
});
