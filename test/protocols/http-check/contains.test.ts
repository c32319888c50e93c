import assert from 'node:assert/strict';
import { TextSearch } from '../../../nodes/protocols/http-check/contains.ts';

describe('TextSearch', () => {
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
      assert.equal(new TextSearch(wanted).take(text), expected));

    it(`the same of ${JSON.stringify(text)}, character by character, and ${wanted}`, () => {
      const search = new TextSearch(wanted);
      for (const piece of text) search.take(piece);
      assert.equal(search.found, expected);
    });
  }
});
