import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compilePattern, compileWildcard } from '../../../nodes/shared/match/pattern.ts';

describe('compilePattern', () => {
  const cases: [pattern: string, fits: string[], other: string[]][] = [
    ['', [''], ['a']],
    ['eth.*', ['eth', 'eth0'], ['veth0', 'et']],
    ['^eth\\d+$', ['eth0', 'eth12'], ['eth', 'eth0x']],
    ['eth0|lo', ['eth0', 'lo'], ['eth0lo', '']],
    ['(?:ge|xe)-[0-3]/\\d{1,2}', ['ge-0/1', 'xe-3/12'], ['ge-4/1', 'ge-0/123']],
    ['[^a-c-]+', ['xyz'], ['x-y', 'b', '']],
    ['[a-]+', ['a-'], ['b', ']']],
    ['a{2,}b?', ['aa', 'aaab'], ['a', 'aabb']],
    ['\\S+\\.\\w+', ['/a.b'], ['/ab', '/a b.c']],
    ['a\\\\$', ['a\\'], ['a\\$', 'a']],
    ['a\\$', ['a$'], ['a', 'a\\']],
    ['^a$', ['a'], ['^a$']],
    ['.', ['a', '😀', 'ü'], ['', 'ab', '😀😀']],
    ['[😀-😂]{2}', ['😀😁'], ['😀', '😃😀']],
    ['(){9999999}(a*)*', ['', 'aaa'], ['b']],
  ];
  for (const [pattern, fits, other] of cases) {
    it(`matches ${pattern || 'nothing'}`, () => {
      const matches = compilePattern(pattern);
      assert.deepEqual([...fits, ...other].filter(matches), fits);
    });
  }

  for (const pattern of [
    '(',
    'a)',
    '[a',
    '*',
    'a**',
    'a{3,2}',
    '[b-a]',
    '(?=a)',
    '(a)\\1',
    'a{9999}',
    `${'('.repeat(21)}a${')'.repeat(21)}`,
    '\\',
  ]) {
    it(`refuses ${pattern}`, () => assert.throws(() => compilePattern(pattern), SyntaxError));
  }

  it('agrees with the regular expressions of JavaScript', () => {
    const piece = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(a*b)', '(?:ab?)', '|');
    const repetition = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{1,}');
    const part = fc.tuple(piece, repetition).map(([p, r]) => (p === '|' ? p : p + r));
    const source = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(source, text, (s, t) => {
        assert.equal(compilePattern(s)(t), new RegExp(`^(?:${s})$`).test(t));
      }),
      { numRuns: 2000 },
    );
  });

  it('fits long texts, but not endless ones', () => {
    assert.equal(compilePattern('.*')('x'.repeat(100_000)), true);
    assert.equal(compilePattern('(a|b)*')('a'.repeat(2_000_000)), false);
  });

  it('takes no longer for patterns that make backtracking explode', () => {
    for (const pattern of [
      '(a+)+b',
      '(a|a)*b',
      '((a*)*)*b',
      'a?'.repeat(60) + 'a'.repeat(60) + 'b',
    ]) {
      assert.equal(compilePattern(pattern)('a'.repeat(1000)), false);
    }
  });
});

describe('compileWildcard', () => {
  it('lets * stand for any characters, and nothing else', () => {
    const matches = compileWildcard('eth*.1*');
    assert.deepEqual(['eth.1', 'eth0.12', 'ethX1'].map(matches), [true, true, false]);
  });

  it('takes as long a text as any filter does', () => {
    assert.equal(compileWildcard('a*'.repeat(400))('a'.repeat(400)), true);
    assert.equal(compileWildcard('a*'.repeat(2500))('b'), false);
    assert.throws(() => compileWildcard('a*'.repeat(6000)), SyntaxError);
  });
});
