import assert from 'node:assert/strict';
import german from '../../locales/de/shared.json' with { type: 'json' };
import {
  errorText,
  FieldProblem,
  fill,
  Problem,
  show,
  together,
} from '../../nodes/shared/problem.ts';

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
    assert.equal(show('a\nb\u2028c'), '"a\\nb\\u2028c"');
    assert.equal(show(Number.NaN), 'NaN');
    assert.equal(show(12n), '12');
    assert.equal(show(undefined), 'nothing');
    assert.equal(show('x'.repeat(500)).length, 80);
  });
});

describe('Problem', () => {
  const row = new Problem('row', { row: 3 }, { cause: new FieldProblem('name', 'text', 7) });

  it('says its cause in the same language', () => {
    assert.equal(row.message, 'row 3: name: expected a text, but got 7');
    assert.equal(
      errorText(row, inGerman),
      'Zeile 3: name: erwartet wird ein Text, angegeben ist 7',
    );
  });

  it('is known in a file built with a class of its own', () => {
    const other = Object.assign(new Error('row 3: boom'), {
      name: 'Problem',
      key: 'row',
      params: { row: '3' },
      cause: new Error('boom'),
    });
    assert.equal(errorText(other, inGerman), 'Zeile 3: boom');
  });
});

describe('together', () => {
  const text = (error: Error) => error.message;

  it('is nothing, the problem or one for all of them', () => {
    const problems = (count: number) => Array.from({ length: count }, (_, i) => new Error(`e${i}`));
    assert.equal(together('readings', [], text), undefined);
    assert.equal(together('readings', problems(1), text)?.message, 'e0');
    assert.equal(
      together('readings', problems(2), text)?.message,
      '2 readings are left out: e0; e1',
    );
    assert.equal(
      together('readings', problems(7), text)?.message,
      '7 readings are left out: e0; e1; e2; e3; e4; …',
    );
  });
});
