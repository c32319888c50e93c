import assert from 'node:assert/strict';
import { memoryUse, swapUse } from '../../../nodes/shared/host/memory.ts';

describe('memoryUse', () => {
  for (const [name, facts, expected] of [
    ['what is available', { total: 100, available: 25, free: 1, cached: 90 }, 0.75],
    ['free memory and caches', { total: 100, free: 10, buffers: 5, cached: 40, shared: 10 }, 0.55],
    ['a kernel’s caches too', { total: 100, free: 10, reclaimable: 20 }, 0.7],
    ['free memory alone', { total: 100, free: 10 }, 0.9],
    [
      'the cache of ZFS, but for its least',
      { total: 64, available: 8, arc: 50, leastArc: 2 },
      0.125,
    ],
    ['parts that overflowed as not told', { total: 100, free: 10, buffers: -4, cached: 500 }, 0.9],
    [
      'an available memory that overflowed as not told',
      { total: 100, available: 900, free: 10 },
      0.9,
    ],
    ['more caches than memory as none in use', { total: 100, free: 60, cached: 70 }, 0],
  ] as const) {
    it(`takes ${name}`, () => assert.equal(memoryUse(facts), expected));
  }

  for (const facts of [
    {},
    { total: 0, free: 0 },
    { total: -5, free: 1 },
    { total: 100 },
    { total: 100, cached: 50 },
    { total: Number.NaN, available: 5 },
  ]) {
    it(`tells nothing of ${JSON.stringify(facts)}`, () => {
      assert.equal(memoryUse(facts), undefined);
    });
  }
});

describe('swapUse', () => {
  it('is what is not free, where there is swap', () => {
    assert.equal(swapUse(200, 150), 0.25);
    for (const [total, free] of [
      [0, 0],
      [undefined, 5],
      [100, undefined],
      [100, -5],
      [100, 101],
    ] as const) {
      assert.equal(swapUse(total, free), undefined);
    }
  });
});
