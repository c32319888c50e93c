import assert from 'node:assert/strict';
import { outputMap } from '../../nodes/alert-manager/outputs.ts';

describe('outputMap', () => {
  const fixed = { 1: 1, 2: 2, 3: 3 };

  it('leaves all where they are when a receiver is added', () => {
    assert.deepEqual(outputMap(['a', 'b'], ['a', 'b', 'c']), {
      ...{ ...fixed, 0: 0, 4: 4 },
      'new-2': 5,
    });
  });

  it('has wires follow a receiver that moves, and end where it goes', () => {
    assert.deepEqual(outputMap(['a', 'b', 'c'], ['c', 'a']), { ...fixed, 0: 4, 4: -1, 5: 0 });
  });

  it('takes a new name in the same place for the same receiver', () => {
    assert.deepEqual(outputMap(['a', 'b'], ['a', 'mail']), { ...fixed, 0: 0, 4: 4 });
  });
});
