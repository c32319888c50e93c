import assert from 'node:assert/strict';
import german from '../../locales/de/shared.json' with { type: 'json' };
import { errorText, FieldProblem, fill, show } from '../../nodes/shared/problem.ts';

const inGerman = (key: string, params: Record<string, string> = {}) => {
  const [, group, name] = key.split('.') as [string, 'problem' | 'expected', string];
  return fill((german[group] as Record<string, string>)[name]!, params);
};

describe('FieldProblem', () => {
  const problem = new FieldProblem('rules[2].threshold', 'between', 'hot', { min: 0, max: 100 });

  it('says in English which field is wrong and what was expected', () => {
    assert.equal(
      problem.message,
      'rules[2].threshold: expected a number from 0 to 100, but got "hot"',
    );
  });

  it("says it in the reader's language", () => {
    assert.equal(
      errorText(problem, inGerman),
      'rules[2].threshold: erwartet wird eine Zahl von 0 bis 100, angegeben ist "hot"',
    );
  });
});

describe('errorText', () => {
  it("gives any other error's own message", () => {
    assert.equal(errorText(new Error('boom'), inGerman), 'boom');
    assert.equal(errorText('plain'), 'plain');
  });
});

describe('show', () => {
  it('shows values on one line, shortened', () => {
    assert.equal(show('a\nb'), '"a\\nb"');
    assert.equal(show(Number.NaN), 'NaN');
    assert.equal(show(12n), '12');
    assert.equal(show(undefined), 'nothing');
    assert.equal(show('x'.repeat(500)).length, 80);
  });
});
