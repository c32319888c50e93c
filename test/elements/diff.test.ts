import assert from 'node:assert/strict';
import { linesOf, pairsOf } from '../../nodes/elements/parts/diff-rows.ts';
import { codeText } from '../../nodes/elements/view/code.ts';
import { hostile } from './samples.ts';

const hunk = { from: 7, to: 8, lines: [' a', '-b', '-c', '+d', ' e', '+f', '-g'] };

describe('The lines of a diff', () => {
  it('have the numbers of the texts that they are in', () => {
    assert.deepEqual(linesOf(hunk), [
      { kind: 'same', from: 7, to: 8, text: 'a' },
      { kind: 'removed', from: 8, text: 'b' },
      { kind: 'removed', from: 9, text: 'c' },
      { kind: 'added', to: 9, text: 'd' },
      { kind: 'same', from: 10, to: 10, text: 'e' },
      { kind: 'added', to: 11, text: 'f' },
      { kind: 'removed', from: 11, text: 'g' },
    ]);
  });

  it('stand beside those that came in their place', () => {
    const texts = pairsOf(hunk).map(({ before, after }) => [before?.text, after?.text]);
    assert.deepEqual(texts, [
      ['a', 'a'],
      ['b', 'd'],
      ['c', undefined],
      ['e', 'e'],
      [undefined, 'f'],
      ['g', undefined],
    ]);
  });
});

describe('codeText', () => {
  it('shows what is invisible or turns the direction of writing', () => {
    assert.equal(codeText('a\u0000b\u202ed\ufeff'), 'a⟨U+0000⟩b⟨U+202E⟩d⟨U+FEFF⟩');
    assert.equal(codeText('\tset name "é 日本 🎉"'), '\tset name "é 日本 🎉"');
    assert.equal(codeText('\ud800'), '⟨U+D800⟩');
  });

  it('cuts what nobody can read', () => {
    assert.equal(codeText(hostile.long).length, 2001);
  });
});
