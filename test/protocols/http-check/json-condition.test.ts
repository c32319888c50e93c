import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meets, parseJsonCondition } from '../../../nodes/protocols/http-check/json-condition.ts';
import { FieldProblem } from '../../../nodes/shared/problem.ts';

const parse = (text: string) => parseJsonCondition('jsonCondition', text);

describe('parseJsonCondition', () => {
  for (const [text, expected] of [
    ['status = "ok"', { path: ['status'], operator: '=', expected: 'ok' }],
    ['status=ok', { path: ['status'], operator: '=', expected: 'ok' }],
    [
      'a-b.c_d[0][12].$e <= 3.5',
      { path: ['a-b', 'c_d', 0, 12, '$e'], operator: '<=', expected: 3.5 },
    ],
    ['"a.b"."c\\"d" != null', { path: ['a.b', 'c"d'], operator: '!=', expected: null }],
    ['[1] = true', { path: [1], operator: '=', expected: true }],
    ['list = [1, 2]', { path: ['list'], operator: '=', expected: [1, 2] }],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parse(text), expected));
  }

  for (const bad of [
    '',
    'status',
    'status =',
    '= 1',
    'a b = 1',
    'a == 1',
    'a. = 1',
    'a = {b',
    '.a = 1',
  ]) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      assert.throws(() => parse(bad), {
        message: /^jsonCondition: expected a condition such as .+, but got /,
      });
    });
  }

  it('throws nothing but field problems, and judges any document', () => {
    const texts = fc.string({ unit: fc.constantFrom(...Array.from('ab.[]0"\\= <>!{}')) });
    fc.assert(
      fc.property(texts, fc.jsonValue(), (text, document) => {
        try {
          return typeof meets(document, parse(text)) === 'boolean';
        } catch (error) {
          return error instanceof FieldProblem;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('meets', () => {
  it('takes any depth', () => {
    const deep = JSON.parse(`{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`);
    assert.equal(meets(deep, parse('a = [1]')), false);
    assert.equal(meets(deep, parse('a != [1]')), true);
  });

  const document = { status: 'ok', count: '12', load: 0.5, list: [{ n: 1 }], none: null };
  for (const [text, expected] of [
    ['status = ok', true],
    ['status != ok', false],
    ['count > 9', true],
    ['count = 12', true],
    ['load < 0.5', false],
    ['load <= 0.5', true],
    ['load >= 0.6', false],
    ['list[0].n = 1', true],
    ['list[1].n = 1', false],
    ['list = [{"n":1}]', true],
    ['list.length = 1', true],
    ['none = null', true],
    ['missing = null', false],
    ['missing != null', true],
    ['status < 5', false],
    ['__proto__ != null', true],
    ['constructor != null', true],
  ] as const) {
    it(`${expected ? 'is' : 'is not'} true: ${text}`, () =>
      assert.equal(meets(document, parse(text)), expected));
  }
});
