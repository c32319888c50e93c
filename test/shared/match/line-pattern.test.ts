import assert from 'node:assert/strict';
import { compileLinePattern } from '../../../nodes/shared/match/line-pattern.ts';

describe('compileLinePattern', () => {
  for (const [pattern, fitting, other] of [
    ['ip ssh version 2', 'ip ssh version 2', 'ip ssh version 1'],
    ['transport input .*telnet', ' transport input ssh telnet', 'transport input ssh'],
    ['^ip http server', 'ip http server', 'no ip http server'],
    ['secret$', 'enable secret', 'secret 5'],
    ['^no ip http server$', 'no ip http server', 'no ip http server 1'],
    ['telnet|rlogin', 'use rlogin now', 'use ssh now'],
    ['^a|b', 'a or c', 'c or b'],
    [String.raw`cost\$`, 'cost$ 5', 'cost 5'],
    [String.raw`back\\$`, String.raw`a back\ `.trimEnd(), String.raw`back\ slash`],
  ] as const) {
    it(`${pattern} fits in "${fitting}" and not in "${other}"`, () => {
      const fits = compileLinePattern(pattern);
      assert.equal(fits(fitting), true);
      assert.equal(fits(other), false);
    });
  }

  it('refuses what takes more than linear time to match', () => {
    assert.throws(() => compileLinePattern(String.raw`(a)\1`), SyntaxError);
    assert.throws(() => compileLinePattern('a)|(b'), SyntaxError);
  });
});
