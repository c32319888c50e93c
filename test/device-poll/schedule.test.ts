import assert from 'node:assert/strict';
import { Schedule } from '../../nodes/device-poll/schedule.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('Schedule', () => {
  const clock = () => new FakeClock();
  function ticks(members: number, interval: number, time: FakeClock) {
    const seen: [time: number, member: number][] = [];
    const schedule = new Schedule(interval, time, (member) => seen.push([time.steady(), member]));
    schedule.start(members);
    return { seen, schedule };
  }

  it('spreads the ticks evenly over each interval', () => {
    const time = clock();
    const { seen } = ticks(3, 60_000, time);
    time.advance(119_999);
    assert.deepEqual(seen, [
      [0, 0],
      [20_000, 1],
      [40_000, 2],
      [60_000, 0],
      [80_000, 1],
      [100_000, 2],
    ]);
  });

  it('keeps its times where a timer is late', () => {
    const time = clock();
    const { seen } = ticks(2, 1000, time);
    time.skip(700);
    time.advance(400);
    assert.deepEqual(seen, [
      [0, 0],
      [700, 1],
      [1000, 0],
    ]);
  });

  it('gives 2000 members one tick each in every interval, with one timer', () => {
    const time = clock();
    const { seen } = ticks(2000, 60_000, time);
    time.advance(59_999);
    assert.deepEqual(
      seen.map(([, member]) => member),
      Array.from({ length: 2000 }, (_, i) => i),
    );
    assert.equal(time.timers, 1);
  });

  it('does not make up for ticks missed in a sleep', () => {
    const time = clock();
    const { seen } = ticks(2, 1000, time);
    time.skip(10_250);
    time.advance(0);
    assert.deepEqual(seen.slice(1), [
      [10_250, 1],
      [10_250, 0],
    ]);
    time.advance(250);
    assert.deepEqual(seen.at(-1), [10_500, 1]);
  });

  it('begins anew, and stops', () => {
    const time = clock();
    const { seen, schedule } = ticks(2, 1000, time);
    time.advance(400);
    schedule.start(1);
    time.advance(1000);
    schedule.stop();
    time.advance(5000);
    assert.deepEqual(seen, [
      [0, 0],
      [400, 0],
      [1400, 0],
    ]);
    assert.equal(time.timers, 0);
  });

  it('has nothing to do without members', () => {
    const time = clock();
    const { seen } = ticks(0, 1000, time);
    time.advance(5000);
    assert.deepEqual(seen, []);
    assert.equal(time.timers, 0);
  });
});
