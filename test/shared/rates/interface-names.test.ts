import assert from 'node:assert/strict';
import { interfaceNames } from '../../../nodes/shared/rates/interface-names.ts';

describe('interfaceNames', () => {
  it('keeps names that are unique', () => {
    assert.deepEqual(interfaceNames([{ name: 'a', index: 1 }, { name: 'b' }]), ['a', 'b']);
  });

  it('adds the index to names that are shared, else a number', () => {
    assert.deepEqual(
      interfaceNames([{ name: 'a', index: 7 }, { name: 'b' }, { name: 'a', index: 3 }]),
      ['a#7', 'b', 'a#3'],
    );
    assert.deepEqual(interfaceNames([{ name: 'a' }, { name: 'a' }, { name: 'a' }]), [
      'a',
      'a#2',
      'a#3',
    ]);
  });

  it('takes no name that an interface really has', () => {
    assert.deepEqual(
      interfaceNames([{ name: 'a', index: 2 }, { name: 'a#2' }, { name: 'a', index: 2 }]),
      ['a#3', 'a#2', 'a#4'],
    );
  });
});
