import assert from 'node:assert/strict';
import { curvePath, spanStart } from '../../nodes/elements/parts/change-curve.ts';

describe('the curve of a change', () => {
  it('goes from the least to the largest value, whatever their size', () => {
    const path = curvePath([40, 40, 44]);
    assert.equal(path, 'M0 42.5L120 42.5L240 1.5');
    assert.equal(curvePath([4e15, 4e15, 4.4e15]), path);
    assert.equal(curvePath([-4, -4, 0]), path);
  });

  it('has gaps where nothing is known, and is a line where it rests', () => {
    assert.equal(curvePath([null, 1, null, 2, 3]), 'M60 42.5h1M180 22L240 1.5');
    assert.equal(curvePath([7, 7]), 'M0 1.5L240 1.5');
    assert.equal(curvePath([]), '');
    assert.equal(curvePath([null, null]), '');
  });

  it('knows where the span begins in it', () => {
    const curve = { start: 1000, step: 10, values: [1, 2, 3, 4] };
    assert.equal(spanStart(curve, 1030), 180);
    assert.equal(spanStart(curve, 0), 0);
    assert.equal(spanStart(curve, 9000), 240);
  });
});
