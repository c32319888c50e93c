import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aroundLines, medianSlope } from '../../../nodes/shared/series/theil-sen.ts';

const points = (x: number[], y: number[], segment = x.map(() => 0)) => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
  segment: Uint8Array.from(segment),
});
const near = (actual: number, expected: number) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );

describe('medianSlope', () => {
  it('is what scipy.stats.theilslopes gives', () => {
    // scipy 1.17.1: theilslopes(y, x).slope
    const x = [0, 1, 2, 3, 4, 5, 7, 9, 10];
    near(medianSlope(points(x, [1, 3.1, 2.2, 4.9, 4.1, 6.3, 7.7, 30, 11])), 1.03);
    const falling = [5, 4.4, 4.9, 3.2, 2.9, 3.3, 1, 1.5, 0.2, 0.9, -1, -0.6];
    near(
      medianSlope(
        points(
          falling.map((_, i) => i),
          falling,
        ),
      ),
      -0.5857142857142855,
    );
  });

  it('compares points of the same segment only', () => {
    near(medianSlope(points([0, 1, 2, 3, 4, 5], [0, 1, 2, 103, 104, 105], [0, 0, 0, 1, 1, 1])), 1);
  });

  it('is 0 without a pair', () => {
    assert.equal(medianSlope(points([], [])), 0);
    assert.equal(medianSlope(points([5], [1])), 0);
    assert.equal(medianSlope(points([5, 6], [1, 2], [0, 1])), 0);
  });

  it('stays whatever level is added, and grows with the scale', () => {
    const ys = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(
        ys,
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 1, max: 1000 }),
        (y, level, scale) => {
          const x = y.map((_, i) => i);
          const slope = medianSlope(points(x, y));
          near(
            medianSlope(
              points(
                x,
                y.map((value) => value + level),
              ),
            ),
            slope,
          );
          near(
            medianSlope(
              points(
                x,
                y.map((value) => value * scale),
              ),
            ),
            slope * scale,
          );
          near(medianSlope(points(x, [...y].reverse())), -slope);
        },
      ),
    );
  });
});

describe('aroundLines', () => {
  it('has the residuals around the middle of each segment', () => {
    const { residuals, levels } = aroundLines(points([0, 1, 2, 3], [1, 2, 3, 14], [0, 0, 0, 1]), 1);
    assert.deepEqual([...residuals], [0, 0, 0, 0]);
    assert.deepEqual(levels, [1, 11]);
  });
});
