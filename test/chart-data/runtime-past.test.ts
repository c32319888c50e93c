import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Past } from '../../nodes/chart-data/runtime-past.ts';
import { FakeClock } from '../support/fake-clock.ts';

const second = 1000;
const minute = 60 * second;

/** A past that is read each 5 minutes; how often it was, and how often it was told to have changed. */
function pastOf(read: () => Promise<void> = () => Promise.resolve()) {
  const clock = new FakeClock();
  const closing = new AbortController();
  const told = { reads: 0, changes: 0, failures: 0 };
  const reader = {
    readAfter: 5 * minute,
    read: () => {
      told.reads++;
      return read();
    },
  };
  const adapter = { closing: closing.signal, fail: () => told.failures++ };
  const changed = () => told.changes++;
  const past = new Past(() => () => Promise.resolve({} as never), reader, adapter, changed, clock);
  /** Lets time pass, and whatever is read then be read. */
  const pass = async (ms: number) => {
    clock.advance(ms);
    await setImmediate();
  };
  return { past, clock, closing, told, pass };
}

describe('the past of a chart', () => {
  it('is read from time to time', async () => {
    const { past, told, pass } = pastOf();
    await past.follow();
    await pass(5 * minute - 1);
    assert.equal(told.reads, 1);
    await pass(1);
    assert.deepEqual(told, { reads: 2, changes: 2, failures: 0 });
  });

  it('is read 10 s after a reading came, once for all that came until then', async () => {
    const { past, told, pass } = pastOf();
    await past.follow();
    past.renew();
    await pass(9 * second);
    past.renew();
    assert.equal(told.reads, 1);
    await pass(second);
    assert.equal(told.reads, 2);
    await pass(5 * minute - 1);
    assert.equal(told.reads, 2);
    past.renew();
    await pass(10 * second);
    assert.equal(told.reads, 3);
  });

  it('is read again for what came while it was read', async () => {
    let end = () => {};
    const { past, told, pass } = pastOf(() => new Promise((resolve) => (end = resolve)));
    const following = past.follow();
    await setImmediate();
    past.renew();
    await pass(minute);
    assert.equal(told.reads, 1);
    end();
    await following;
    await pass(10 * second);
    assert.equal(told.reads, 2);
  });

  it('is left alone by readings while it cannot be read, and once it is closed', async () => {
    const { past, told, pass, closing, clock } = pastOf(() => Promise.reject(new Error('away')));
    await past.follow();
    past.renew();
    await pass(29 * second);
    assert.equal(told.reads, 1);
    await pass(second);
    assert.deepEqual(told, { reads: 2, changes: 2, failures: 1 });
    closing.abort();
    past.renew();
    assert.equal(clock.timers, 0);
  });
});
