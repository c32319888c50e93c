import assert from 'node:assert/strict';
import { restarts, stateChanges } from '../../../nodes/shared/series/state-changes.ts';

const same = (values: number[]) => {
  const steps = Float64Array.from(values);
  return { min: steps, max: steps, last: steps };
};

describe('the changes of a state', () => {
  it('are found from the first step that counts on', () => {
    assert.deepEqual(stateChanges(same([1, 0, 1, NaN, 1, 0]), 2), [
      { step: 2, to: 1 },
      { step: 5, to: 0 },
    ]);
  });

  it('are both told where a step has both', () => {
    const steps = {
      min: Float64Array.of(1, 0, 1),
      max: Float64Array.of(1, 1, 1),
      last: Float64Array.of(1, 1, 1),
    };
    assert.deepEqual(stateChanges(steps, 0), [
      { step: 1, to: 0 },
      { step: 1, to: 1 },
    ]);
  });

  it('are none of the first value, which may have been so for long', () => {
    assert.deepEqual(stateChanges(same([NaN, 0, 0]), 0), []);
    assert.deepEqual(stateChanges(same([]), 0), []);
  });
});

describe('restarts', () => {
  it('are where an uptime falls', () => {
    assert.deepEqual(restarts(same([100, 160, NaN, 20, 80, 30]), 1), [
      { step: 3, uptime: 20 },
      { step: 5, uptime: 30 },
    ]);
  });

  it('are seen within a step that is longer than the uptime before', () => {
    const steps = {
      min: Float64Array.of(900, 5),
      max: Float64Array.of(1000, 1700),
      last: Float64Array.of(1000, 1700),
    };
    assert.deepEqual(restarts(steps, 1), [{ step: 1, uptime: 1700 }]);
  });

  it('are not what a clock that is set a little makes of it', () => {
    assert.deepEqual(restarts(same([100, 98, 158]), 0), []);
  });
});
