import assert from 'node:assert/strict';
import type { InterfaceState } from '../../../nodes/contract/snapshot.ts';
import { interfaceNames } from '../../../nodes/shared/rates/interface-names.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';

const namesOf = (interfaces: InterfaceState[]) => atOnce(interfaceNames(interfaces));

describe('interfaceNames', () => {
  it('keeps names that are unique', () => {
    assert.deepEqual(namesOf([{ name: 'a', index: 1 }, { name: 'b' }]), ['a', 'b']);
  });

  it('adds the index to names that are shared, else a number', () => {
    assert.deepEqual(namesOf([{ name: 'a', index: 7 }, { name: 'b' }, { name: 'a', index: 3 }]), [
      'a#7',
      'b',
      'a#3',
    ]);
    assert.deepEqual(namesOf([{ name: 'a' }, { name: 'a' }, { name: 'a' }]), ['a', 'a#2', 'a#3']);
  });

  it('takes no name that an interface really has', () => {
    assert.deepEqual(namesOf([{ name: 'a', index: 2 }, { name: 'a#2' }, { name: 'a', index: 2 }]), [
      'a#3',
      'a#2',
      'a#4',
    ]);
  });

  it('takes no longer for each where very many share a name', () => {
    const names = namesOf(Array.from({ length: 50_000 }, () => ({ name: 'a' })));
    assert.deepEqual([names[0], names[1], names.at(-1)], ['a', 'a#2', 'a#50000']);
  });
});
