import assert from 'node:assert/strict';
import { Best } from '../../nodes/dashboard-data/best.ts';

describe('The best of many', () => {
  it('are the same as the first of all sorted, whatever order they come in', () => {
    const all = Array.from({ length: 200 }, (_, i) => ({ rank: (i * 37) % 23, i }));
    const compare = (a: { rank: number }, b: { rank: number }) => b.rank - a.rank;
    for (const most of [1, 6, 300]) {
      const best = new Best(most, compare);
      for (const one of all) best.take(one);
      assert.deepEqual(best.items, all.toSorted(compare).slice(0, most));
    }
  });
});
