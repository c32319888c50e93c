import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { inSlices } from '../../nodes/shared/in-slices.ts';
import { atOnce, each } from '../../nodes/shared/steps.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('inSlices', () => {
  it('lets others have their turn every 2 ms', async () => {
    const clock = new FakeClock();
    const order: string[] = [];
    function* work() {
      for (let i = 1; i <= 5; i++) {
        order.push(`step ${i}`);
        clock.skip(1);
        yield;
      }
      return 'result';
    }
    const done = inSlices(work(), { clock });
    for (let turn = 1; turn <= 2; turn++) {
      order.push(`turn ${turn}`);
      await setImmediate();
    }
    assert.equal(await done, 'result');
    assert.deepEqual(order, ['step 1', 'step 2', 'turn 1', 'step 3', 'step 4', 'turn 2', 'step 5']);
  });

  it('ends once nobody waits for it', async () => {
    const abort = new AbortController();
    let steps = 0;
    function* endless() {
      for (;;) {
        if (++steps === 5) abort.abort(new Error('enough'));
        yield;
      }
    }
    const clock = new FakeClock({ perLook: 1 });
    const done = inSlices(endless(), { clock, signal: abort.signal });
    await assert.rejects(done, { message: 'enough' });
    assert.ok(steps < 10);
  });
});

describe('each', () => {
  it('takes all entries in their order, and yields every few', () => {
    const list = Array.from({ length: 100 }, (_, i) => i);
    const taken: number[] = [];
    const steps = [...each(list, (entry) => taken.push(entry))].length;
    assert.deepEqual(taken, list);
    assert.ok(steps >= 3 && steps <= 10);
  });

  it('is done at once where nothing may be interrupted', () => {
    const taken: number[] = [];
    atOnce(each(new Array(1000).fill(7), (entry: number) => taken.push(entry)));
    assert.equal(taken.length, 1000);
  });
});
