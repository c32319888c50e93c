import assert from 'node:assert/strict';
import { crossing, rangeAt, reliability } from '../../../nodes/shared/series/line-range.ts';
import { normalOf, randomOf } from '../../support/simulated-series.ts';

const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

describe('reliability', () => {
  const count = 60;
  const x = Float64Array.from({ length: count }, (_, i) => i - count + 0.5);
  const one = new Uint8Array(count);

  /** The mean of the variance of the slope that is told for residuals of lines, over many series. */
  const told = (memory: number) => {
    let sum = 0;
    let actual = 0;
    const runs = 400;
    for (let seed = 0; seed < runs; seed++) {
      const normal = normalOf(randomOf(seed));
      let noisy = normal();
      const y = x.map(() => (noisy = memory * noisy + normal() * Math.sqrt(1 - memory ** 2)));
      const [mx, my] = [x, y].map((all) => all.reduce((a, b) => a + b, 0) / count) as [
        number,
        number,
      ];
      const squares = x.reduce((a, value) => a + (value - mx) ** 2, 0);
      const slope = x.reduce((a, value, i) => a + (value - mx) * (y[i]! - my), 0) / squares;
      actual += slope ** 2 / runs;
      sum +=
        reliability(
          x,
          y.map((value, i) => value - my - slope * (x[i]! - mx)),
          one,
        ).slopeVariance / runs;
    }
    return sum / actual;
  };

  it('tells about the variance that slopes have, of noise with and without a memory', () => {
    near(told(0), 1, 0.25);
    near(told(0.7), 1, 0.35);
    near(told(0.85), 1, 0.5);
  });

  it('is exact for a line', () => {
    const line = reliability(x, new Float64Array(count), one);
    assert.deepEqual([line.slopeVariance, line.levelVariance], [0, 0]);
  });
});

describe('crossing', () => {
  const line = { slope: 1, levelVariance: 1, slopeVariance: 0.01, covariance: 0, factor: 2 };

  it('is where the range of the line has the distance, on either side', () => {
    const { at, low, high } = crossing(line, 100);
    assert.equal(at, 100);
    near(low! + rangeAt(line, low!), 100, 1e-9);
    near(high! - rangeAt(line, high!), 100, 1e-9);
  });

  it('has no end where the slope may be 0, and no time where it falls', () => {
    const weak = crossing({ ...line, slope: 0.1 }, 100);
    assert.equal(weak.at, 1000);
    assert.equal(weak.high, undefined);
    near(0.1 * weak.low! + rangeAt(line, weak.low!), 100, 1e-6);
    const falling = crossing({ ...line, slope: -1 }, 100);
    assert.deepEqual([falling.at, falling.low, falling.high], [undefined, undefined, undefined]);
    assert.deepEqual(crossing({ ...line, slope: 0, slopeVariance: 0 }, 100), {
      ...{ at: undefined, low: undefined, high: undefined },
    });
  });

  it('may be now where the level may be there already', () => {
    assert.equal(crossing({ ...line, slope: 0.1 }, 1).low, 0);
    assert.equal(crossing(line, 1).low, 0);
  });
});
