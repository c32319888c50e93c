import assert from 'node:assert/strict';
import { DeviceLists } from '../../../nodes/shared/red/device-lists.ts';

describe('DeviceLists', () => {
  const there = () => true;
  const gone = (lists: DeviceLists, isThere: (node: string) => boolean = there) => [
    ...lists.takeGone(isThere),
  ];

  it('tells once of a device that left its list', () => {
    const lists = new DeviceLists();
    lists.set('poll', ['a', 'b', 'c']);
    assert.deepEqual(gone(lists), []);
    lists.set('poll', ['b']);
    assert.deepEqual(gone(lists), ['a', 'c']);
    assert.deepEqual(gone(lists), []);
    lists.set('poll', []);
    assert.deepEqual(gone(lists), ['b']);
  });

  it('tells of none that another list has, in whatever order they come', () => {
    for (const order of [
      ['from', 'to'],
      ['to', 'from'],
    ]) {
      const lists = new DeviceLists();
      lists.set('from', ['a', 'b']);
      for (const node of order) lists.set(node, node === 'from' ? ['b'] : ['a']);
      assert.deepEqual(gone(lists), []);
    }
  });

  it('tells of none that is back', () => {
    const lists = new DeviceLists();
    lists.set('poll', ['a']);
    lists.set('poll', []);
    lists.set('poll', ['a']);
    assert.deepEqual(gone(lists), []);
  });

  it('tells of all devices of a node that was deleted, but for those of others', () => {
    const lists = new DeviceLists();
    lists.set('deleted', ['a', 'b']);
    lists.set('other', ['b']);
    assert.deepEqual(
      gone(lists, (node) => node === 'other'),
      ['a'],
    );
  });

  it('takes a list that is not whole for one of several that take turns', () => {
    const lists = new DeviceLists();
    lists.set('poll', ['a', 'b'], false);
    lists.set('poll', ['c'], false);
    assert.deepEqual(gone(lists), []);
    lists.set('poll', ['d']);
    assert.deepEqual(gone(lists), ['c']);
  });
});
