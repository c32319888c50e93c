import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { again } from '../../nodes/trend/again.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('what is done again and again', () => {
  it('waits for its first time, and after each time for the next', async () => {
    const clock = new FakeClock();
    let times = 0;
    let finish = () => {};
    const work = () => {
      times++;
      return new Promise<void>((resolve) => (finish = resolve));
    };
    again(work, { first: 30, every: 300, clock });
    clock.advance(29);
    assert.equal(times, 0);
    clock.advance(1);
    assert.equal(times, 1);
    // It takes longer than the time between two.
    clock.advance(1000);
    assert.equal(times, 1);
    finish();
    await turn();
    clock.advance(299);
    assert.equal(times, 1);
    clock.advance(1);
    assert.equal(times, 2);
  });

  it('ends, also in the middle of a time', async () => {
    const clock = new FakeClock();
    let times = 0;
    const work = () => {
      times++;
      return Promise.resolve();
    };
    again(work, { first: 30, every: 300, clock })();
    const end = again(work, { first: 60, every: 300, clock });
    clock.advance(60);
    end();
    await turn();
    clock.advance(10_000);
    assert.deepEqual([times, clock.timers], [1, 0]);
  });
});
