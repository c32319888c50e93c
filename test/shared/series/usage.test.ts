import assert from 'node:assert/strict';
import { quantile, sorted } from '../../../nodes/shared/series/quantile.ts';
import { usageOf } from '../../../nodes/shared/series/usage.ts';

describe('quantile', () => {
  it('is what numpy.quantile gives', () => {
    // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5], q), numpy 2.4.6
    const values = sorted(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5));
    assert.equal(quantile(values, 0), 1);
    assert.equal(quantile(values, 0.1), 1);
    assert.equal(quantile(values, 0.25), 2.5);
    assert.equal(quantile(values, 0.5), 4);
    assert.equal(quantile(values, 0.95), 7.5);
    assert.equal(quantile(values, 1), 9);
  });

  it('is nothing of nothing, and the value of one', () => {
    assert.ok(Number.isNaN(quantile([], 0.5)));
    assert.equal(quantile([7], 0.95), 7);
  });

  it('is finite between values as large as numbers are', () => {
    assert.equal(quantile([-1.7e308, 1.7e308], 0.5), 0);
  });
});

describe('usageOf', () => {
  it('passes over steps of which nothing is known', () => {
    const means = Float64Array.of(Number.NaN, 2, 4, Number.NaN);
    const peaks = Float64Array.of(Number.NaN, 3, 9, Number.NaN);
    assert.deepEqual(usageOf(means, peaks), { mean: 3, peak: 9, percentile95: 3.9 });
  });

  it('is undefined where no step is known', () => {
    assert.equal(usageOf(Float64Array.of(Number.NaN), Float64Array.of(Number.NaN)), undefined);
  });

  it('has the mean of values whose sum is no number', () => {
    const large = Float64Array.of(1.5e308, 1.5e308);
    assert.equal(usageOf(large, large)!.mean, 1.5e308);
  });
});
