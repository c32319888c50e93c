import assert from 'node:assert/strict';
import { contains } from '../../../nodes/device-access/http-check/contains.ts';

describe('contains', () => {
  for (const [text, wanted, expected] of [
    ['all is well', 'is', true],
    ['all is well', 'IS', false],
    ['all is well', '', true],
    ['status: all ok', 'status:*ok', true],
    ['ok status:', 'status:*ok', false],
    ['aba', 'ab*ba', false],
    ['ab\nba', 'ab*ba', true],
    ['a', '*', true],
  ] as const) {
    it(`${JSON.stringify(text)} ${expected ? 'contains' : 'lacks'} ${JSON.stringify(wanted)}`, () =>
      assert.equal(contains(text, wanted), expected));
  }
});
