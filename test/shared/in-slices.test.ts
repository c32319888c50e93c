import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { inSlices } from '../../nodes/shared/in-slices.ts';

describe('inSlices', () => {
  it('lets others have their turn every 2 ms', async () => {
    let time = 0;
    const order: string[] = [];
    function* work() {
      for (let i = 1; i <= 5; i++) {
        order.push(`step ${i}`);
        time += 1;
        yield;
      }
      return 'result';
    }
    const done = inSlices(work(), () => time);
    for (let turn = 1; turn <= 2; turn++) {
      order.push(`turn ${turn}`);
      await setImmediate();
    }
    assert.equal(await done, 'result');
    assert.deepEqual(order, ['step 1', 'step 2', 'turn 1', 'step 3', 'step 4', 'turn 2', 'step 5']);
  });
});
