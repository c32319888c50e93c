import assert from 'node:assert/strict';
import { Pace } from '../../nodes/chart-data/pace.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('Pace', () => {
  let clock: FakeClock;
  let calls: number[];
  let pace: Pace;

  beforeEach(() => {
    clock = new FakeClock();
    calls = [];
    pace = new Pace(1000, () => calls.push(clock.steady()), clock);
  });

  it('calls at once, then once for all that is asked within the interval', () => {
    pace.ask();
    assert.deepEqual(calls, [0]);
    for (const time of [100, 500, 900]) {
      clock.advance(time - clock.steady());
      pace.ask();
    }
    assert.deepEqual(calls, [0]);
    clock.advance(5000 - clock.steady());
    assert.deepEqual(calls, [0, 1000]);
    pace.ask();
    assert.deepEqual(calls, [0, 1000, 5000]);
  });

  it('calls at a later time, unless asked earlier', () => {
    pace.ask(30_000);
    pace.ask(20_000);
    pace.ask(40_000);
    clock.advance(20_000 - clock.steady());
    assert.deepEqual(calls, [20_000]);
    assert.equal(clock.timers, 0);
  });

  it('calls off what is asked for', () => {
    pace.ask();
    pace.ask();
    pace.stop();
    assert.equal(clock.timers, 0);
    clock.advance(9000 - clock.steady());
    assert.deepEqual(calls, [0]);
  });
});
