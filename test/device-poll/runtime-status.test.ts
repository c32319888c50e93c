import assert from 'node:assert/strict';
import english from '../../locales/en-US/device-poll.json' with { type: 'json' };
import { statusWords } from '../../nodes/device-poll/runtime-status.ts';
import type { Counts } from '../../nodes/device-poll/summary.ts';
import { fill } from '../../nodes/shared/problem.ts';

describe('statusWords', () => {
  const texts = english['device-poll'].status as Record<string, string>;
  const t = (key: string, params = {}) => fill(texts[key.split('.')[2]!] ?? key, params);
  const none = { up: 0, down: 0, failing: [], incomplete: 0, late: 0 };
  const problem = 'core-1 (10.0.0.1): connection refused';

  for (const [size, counts, level, words] of [
    [0, none, 'idle', 'no devices'],
    [2, none, 'idle', 'waiting for the first poll'],
    [2, { ...none, up: 2 }, 'ok', '2 up'],
    [
      50,
      { ...none, up: 48, down: 2, failing: ['a', 'b'], problem },
      'warning',
      '48 up, 2 down (a, b)',
    ],
    [
      9,
      { ...none, up: 4, down: 5, failing: ['a', 'b', 'c'], problem },
      'warning',
      '4 up, 5 down (a, b, c, …)',
    ],
    [2, { ...none, up: 2, late: 1 }, 'warning', '2 up, 1 late'],
    [2, { ...none, up: 2, incomplete: 1, problem }, 'warning', '2 up, 1 incomplete'],
    [2, { ...none, down: 2, failing: ['a', 'b'], problem }, 'error', '0 up, 2 down (a, b)'],
    [1, { ...none, down: 1, failing: ['core-1'], problem }, 'error', problem],
    [
      2,
      { ...none, up: 2, slowest: { name: 'core-1', duration: 4200 } },
      'ok',
      '2 up, core-1 takes 4.2 s',
    ],
    [2, { ...none, up: 2, slowest: { name: 'core-1', duration: 999 } }, 'ok', '2 up'],
  ] as [number, Counts, string, string][]) {
    it(`says "${words}"`, () => {
      assert.deepEqual(statusWords(size, counts, t), [level, words]);
    });
  }
});
