import assert from 'node:assert/strict';
import { sortedInSteps } from '../../nodes/shared/sorted-in-steps.ts';
import { atOnce } from '../../nodes/shared/steps.ts';

describe('sortedInSteps', () => {
  const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
  /** numbers without an order, always the same ones, many of them equal */
  const list = (length: number) =>
    Array.from({ length }, (_, i) => ({ key: (Math.imul(i, 2_654_435_761) >>> 0) % 100, i }));

  for (const length of [0, 1, 2, 63, 64, 65, 128, 129, 1000, 10_001]) {
    it(`sorts ${length} entries as an array does, equal ones as they came`, () => {
      const entries = list(length);
      assert.deepEqual(atOnce(sortedInSteps(entries, byKey)), entries.toSorted(byKey));
      assert.deepEqual(entries, list(length));
    });
  }

  it('may be interrupted often', () => {
    const yields = [...sortedInSteps(list(10_000), byKey)].length;
    assert.ok(yields > 1000, String(yields));
  });
});
