import assert from 'node:assert/strict';
import { Pace } from '../../nodes/chart-data/pace.ts';

// A clock that goes on when told.
function handClock() {
  let now = 0;
  let timers: { at: number; call: () => void }[] = [];
  return {
    now: () => now,
    after(ms: number, call: () => void) {
      const timer = { at: now + ms, call };
      timers.push(timer);
      return () => void (timers = timers.filter((t) => t !== timer));
    },
    goTo(time: number) {
      for (;;) {
        const next = timers.filter((t) => t.at <= time).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((t) => t !== next);
        now = next.at;
        next.call();
      }
      now = time;
    },
    waiting: () => timers.length,
  };
}

describe('Pace', () => {
  let clock: ReturnType<typeof handClock>;
  let calls: number[];
  let pace: Pace;

  beforeEach(() => {
    clock = handClock();
    calls = [];
    pace = new Pace(1000, () => calls.push(clock.now()), clock);
  });

  it('calls at once, then once for all that is asked within the interval', () => {
    pace.ask();
    assert.deepEqual(calls, [0]);
    for (const time of [100, 500, 900]) {
      clock.goTo(time);
      pace.ask();
    }
    assert.deepEqual(calls, [0]);
    clock.goTo(5000);
    assert.deepEqual(calls, [0, 1000]);
    pace.ask();
    assert.deepEqual(calls, [0, 1000, 5000]);
  });

  it('calls at a later time, unless asked earlier', () => {
    pace.ask(30_000);
    pace.ask(20_000);
    pace.ask(40_000);
    clock.goTo(20_000);
    assert.deepEqual(calls, [20_000]);
    assert.equal(clock.waiting(), 0);
  });

  it('calls off what is asked for', () => {
    pace.ask();
    pace.ask();
    pace.stop();
    assert.equal(clock.waiting(), 0);
    clock.goTo(9000);
    assert.deepEqual(calls, [0]);
  });
});
