import assert from 'node:assert/strict';
import german from '../../locales/de/shared.json' with { type: 'json' };
import english from '../../locales/en-US/shared.json' with { type: 'json' };
import { eventMetrics } from '../../nodes/contract/alert.ts';
import { metrics } from '../../nodes/contract/metrics.ts';
import { words } from './support.ts';

describe('Words', () => {
  it('has a name for each metric in each language', () => {
    for (const catalogue of [english, german]) {
      const named = Object.keys(catalogue.metric);
      const all = [...Object.keys(metrics), ...eventMetrics];
      assert.deepEqual(named.toSorted(), all.toSorted());
    }
  });

  it("reads a metric of the user's own without underscores", () => {
    assert.equal(words.metric('queue_length'), 'queue length');
    assert.equal(words.metric('constructor'), 'constructor');
  });

  it('says whether something is up, but takes other values for numbers', () => {
    assert.equal(words.value('interface_up', 1, '1'), 'up');
    assert.equal(words.value('interface_up', 0, '1'), 'down');
    assert.equal(words.value('interface_up', 0.5, '1'), '0.5');
    assert.equal(words.value('load_average', 1, '1'), '1');
  });
});
