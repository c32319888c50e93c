import assert from 'node:assert/strict';
import { answerWords, type FetchAnswer } from '../../nodes/config-watch/fetch-now.ts';
import { statusWords } from '../../nodes/config-watch/runtime-status.ts';
import { catalogue } from '../support/catalogue.ts';

const t = catalogue('en-US', 'config-watch');

describe('answerWords', () => {
  const answer: FetchAnswer = {
    ...{ device: 'core-1', outcome: 'same', added: 0, removed: 0, size: 40_960, seconds: 2.345 },
    ...{ diff: '', findings: [] },
  };

  for (const [change, words] of [
    [{}, 'core-1 answered in 2.3 s, and nothing has changed (40 KiB).'],
    [{ outcome: 'new' }, 'core-1 answered in 2.3 s, and its first version is kept (40 KiB).'],
    [
      { outcome: 'changed', added: 3, removed: 1, changedBy: 'ada' },
      'core-1 answered in 2.3 s, and changed: 3 lines added, 1 removed. Last changed by ada.',
    ],
    [
      { savedDiffers: true, findings: ['no telnet', 'ntp'] },
      'core-1 answered in 2.3 s, and nothing has changed (40 KiB). What is in use is not saved. It breaks rules: no telnet, ntp.',
    ],
  ] as const) {
    it(words, () => {
      assert.equal(answerWords({ ...answer, ...change } as FetchAnswer, t, 'en-US'), words);
    });
  }
});

describe('the status of config watch', () => {
  for (const [counts, last, level, words] of [
    [{ size: 0, fetched: 0, failing: [], running: 0 }, undefined, 'idle', 'no devices'],
    [{ size: 2, fetched: 0, failing: [], running: 0 }, undefined, 'idle', '0 kept'],
    [
      { size: 2, fetched: 0, failing: [], running: 2 },
      undefined,
      'busy',
      '0 kept, 2 being fetched',
    ],
    [
      { size: 50, fetched: 50, failing: [], running: 0 },
      { device: 'core-1', time: '12:00' },
      'ok',
      '50 kept, core-1 changed 12:00',
    ],
    [
      { size: 50, fetched: 46, failing: ['a', 'b', 'c', 'd'], running: 0 },
      undefined,
      'warning',
      '46 kept, 4 failed (a, b, c, …)',
    ],
    [
      { size: 1, fetched: 0, failing: ['a'], running: 0 },
      undefined,
      'error',
      '0 kept, 1 failed (a)',
    ],
  ] as const) {
    it(words, () => {
      assert.deepEqual(statusWords({ ...counts, failing: [...counts.failing] }, last, t), [
        level,
        words,
      ]);
    });
  }
});
