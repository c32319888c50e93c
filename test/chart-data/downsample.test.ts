import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bucketWidth,
  downsample,
  downsampleToNow,
  type Point,
} from '../../nodes/chart-data/downsample.ts';

const hour = 3_600_000;
const seconds = (count: number, value: (i: number) => number): Point[] =>
  Array.from({ length: count }, (_, i) => ({ x: i * 1000, y: value(i) }));

describe('downsample', () => {
  it('keeps the lowest and the highest of each bucket, in their order', () => {
    const points = [5, 9, 1, 4, /* next bucket */ 2, 2, 8, 3].map((y, i) => ({ x: i * 10, y }));
    assert.deepEqual(downsample(points, 40), [
      { x: 10, y: 9 },
      { x: 20, y: 1 },
      { x: 40, y: 2 },
      { x: 60, y: 8 },
    ]);
  });

  it('leaves points as they are where buckets hold one each, or equal ones', () => {
    const sparse = seconds(5, (i) => i % 2);
    assert.deepEqual(downsample(sparse, 1000), sparse);
    assert.deepEqual(
      downsample(
        seconds(4, () => 7),
        4000,
      ),
      [{ x: 0, y: 7 }],
    );
    assert.deepEqual(downsample([], 1000), []);
  });

  it('brings an hour of readings a second to at most 300 points and keeps a peak of one second', () => {
    const points = seconds(3600, (i) => (i === 1234 ? 100 : Math.sin(i)));
    for (let from = 0; from < 60; from++) {
      const moved = points.map(({ x, y }) => ({ x: x + from * 777, y }));
      const kept = downsampleToNow(moved, bucketWidth(hour, 300));
      assert.ok(kept.length <= 300, String(kept.length));
      assert.ok(kept.length > 250, String(kept.length));
      assert.ok(kept.some(({ y }) => y === 100));
      assert.equal(kept.at(-1), moved.at(-1));
    }
  });

  it('gives the same in steps as at once', () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.nat(60), (ys, cut) => {
        const points = ys.map((y, x) => ({ x, y }));
        const inSteps = downsample(
          [...downsample(points.slice(0, cut), 7), ...points.slice(cut)],
          7,
        );
        assert.deepEqual(inSteps, downsample(points, 7));
      }),
    );
  });
});
