import assert from 'node:assert/strict';
import { SeriesMap } from '../../nodes/threshold-check/series-map.ts';

describe('SeriesMap', () => {
  it('finds an item by its labels in any order', () => {
    const map = new SeriesMap<string>('m');
    map.set({ device: 'a', disk: '/' }, 'first');
    map.set({ device: 'a' }, 'second');
    for (let round = 0; round < 2; round++) {
      assert.equal(map.get({ device: 'a', disk: '/' }), 'first');
      assert.equal(map.get({ disk: '/', device: 'a' }), 'first');
      assert.equal(map.get({ device: 'a' }), 'second');
      assert.equal(map.get({ disk: '/' }), undefined);
      assert.equal(map.get({}), undefined);
    }
    assert.equal(map.size, 2);
  });

  it('forgets an item for every order of its labels', () => {
    const map = new SeriesMap<string>('m');
    map.set({ a: '1', b: '2' }, 'item');
    map.get({ b: '2', a: '1' });
    map.delete({ a: '1', b: '2' });
    assert.equal(map.get({ a: '1', b: '2' }), undefined);
    assert.equal(map.get({ b: '2', a: '1' }), undefined);
  });
});
