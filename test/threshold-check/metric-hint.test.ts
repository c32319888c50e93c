import assert from 'node:assert/strict';
import { similarMetrics } from '../../nodes/threshold-check/metric-hint.ts';

describe('similarMetrics', () => {
  it('finds what a slip was meant to be', () => {
    assert.deepEqual(similarMetrics('cpu_usge'), ['cpu_usage']);
    assert.deepEqual(similarMetrics('memroy_usage'), ['memory_usage']);
    assert.deepEqual(similarMetrics('in_rates'), ['in_rate']);
  });

  it('leaves known metrics and those of a user alone', () => {
    assert.deepEqual(similarMetrics('cpu_usage'), []);
    assert.deepEqual(similarMetrics('fridge_humidity'), []);
  });
});
