import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Hunk } from '../../../../nodes/shared/configurations/versions/contract.ts';
import { diffOf, linesOf } from '../../../../nodes/shared/configurations/versions/diff.ts';
import {
  numberedLines,
  sideBySide,
  unifiedText,
} from '../../../../nodes/shared/configurations/versions/diff-text.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}`);
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

describe('diffOf', () => {
  it('gives what changed as diff -u does', () => {
    const before = numbers(20);
    const after = [...before];
    after[4] = 'line five';
    after.splice(15, 1);
    after.push('line 21');
    const diff = diffOf(text(before), text(after));
    assert.deepEqual([diff.added, diff.removed, diff.omitted, diff.isTooLarge], [2, 2, 0, false]);
    assert.equal(
      unifiedText(diff.hunks),
      `@@ -2,7 +2,7 @@
 line 2
 line 3
 line 4
-line 5
+line five
 line 6
 line 7
 line 8
@@ -13,8 +13,8 @@
 line 13
 line 14
 line 15
-line 16
 line 17
 line 18
 line 19
 line 20
+line 21
`,
    );
  });

  it('finds nothing between equal texts, whatever ends their lines', () => {
    assert.deepEqual(diffOf('a\r\nb\r\n', 'a\nb'), {
      ...{ added: 0, removed: 0, hunks: [], omitted: 0, isTooLarge: false },
    });
  });

  it('tells of a text that comes, and of one that goes', () => {
    const all = diffOf('', 'a\nb\n');
    assert.equal(unifiedText(all.hunks), '@@ -0,0 +1,2 @@\n+a\n+b\n');
    const none = diffOf('a\n', '');
    assert.equal(unifiedText(none.hunks), '@@ -1 +0,0 @@\n-a\n');
  });

  it('shows as much around as is wanted', () => {
    const diff = diffOf('a\nb\nc\nd\n', 'a\nx\nc\nd\n', { context: 0 });
    assert.equal(unifiedText(diff.hunks), '@@ -2 +2 @@\n-b\n+x\n');
  });

  it('leaves out lines beyond a limit, and says how many', () => {
    const before = numbers(100);
    const after = before.map((line, i) => (i % 10 === 0 ? `${line} new` : line));
    const diff = diffOf(text(before), text(after), { lines: 12 });
    assert.equal(
      diff.hunks.reduce((sum, { lines }) => sum + lines.length, 0),
      12,
    );
    const whole = diffOf(text(before), text(after));
    const all = whole.hunks.reduce((sum, { lines }) => sum + lines.length, 0);
    assert.equal(diff.omitted, all - 12);
    assert.deepEqual([diff.added, diff.removed], [10, 10]);
  });

  it('leaves out what is too wide for any message', () => {
    const wide = Array.from({ length: 5 }, (_, i) => `${i}${'x'.repeat(300_000)}`);
    const diff = diffOf('', text(wide));
    assert.deepEqual([diff.added, diff.omitted, diff.hunks[0]!.lines.length], [5, 2, 3]);
  });

  it('says so where it takes too long, and counts how often lines occur', () => {
    const before = Array.from({ length: 20_000 }, (_, i) => `a ${(i * 7919) % 20_000}`);
    const after = Array.from({ length: 20_000 }, (_, i) => `a ${(i * 104_729) % 20_000}`);
    after[0] = 'another';
    const diff = diffOf(text(before), text(after), { patience: 1 });
    assert.deepEqual(diff, { added: 1, removed: 1, hunks: [], omitted: 0, isTooLarge: true });
  });

  it('makes one text into the other, whatever they are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, fc.nat(4), (before, after, context) => {
        const { hunks, added, removed } = diffOf(text(before), text(after), { context });
        assert.deepEqual(applied(before, hunks), after);
        const all = hunks.flatMap((hunk) => hunk.lines);
        assert.equal(all.filter((line) => line.startsWith('+')).length, added);
        assert.equal(all.filter((line) => line.startsWith('-')).length, removed);
      }),
    );
  });
});

// As `patch` does it, which has each line where its hunk says.
function applied(before: readonly string[], hunks: readonly Hunk[]): string[] {
  const after: string[] = [];
  let at = 0;
  for (const { from, to, lines } of hunks) {
    after.push(...before.slice(at, from - 1));
    at = from - 1;
    assert.equal(after.length, to - 1);
    for (const line of lines) {
      const [sign, rest] = [line[0], line.slice(1)];
      if (sign !== '+') assert.equal(before[at++], rest);
      if (sign !== '-') after.push(rest);
    }
  }
  return [...after, ...before.slice(at)];
}

describe('linesOf', () => {
  it('does not take the end of the last line for another one', () => {
    assert.deepEqual(linesOf('a\n\nb\n'), ['a', '', 'b']);
    assert.deepEqual(linesOf(''), []);
    assert.deepEqual(linesOf('\n'), ['']);
  });
});

describe('numberedLines', () => {
  it('gives each line the numbers that it has', () => {
    assert.deepEqual(numberedLines({ from: 7, to: 8, lines: [' a', '-b', '+c', ' d'] }), [
      { kind: 'same', from: 7, to: 8, text: 'a' },
      { kind: 'removed', from: 8, text: 'b' },
      { kind: 'added', to: 9, text: 'c' },
      { kind: 'same', from: 9, to: 10, text: 'd' },
    ]);
  });
});

describe('sideBySide', () => {
  it('puts what went beside what came', () => {
    const rows = sideBySide({ from: 1, to: 1, lines: [' a', '-b', '-c', '+B', ' d', '+e'] });
    assert.deepEqual(rows, [
      { kind: 'same', left: { number: 1, text: 'a' }, right: { number: 1, text: 'a' } },
      { kind: 'changed', left: { number: 2, text: 'b' }, right: { number: 2, text: 'B' } },
      { kind: 'removed', left: { number: 3, text: 'c' } },
      { kind: 'same', left: { number: 4, text: 'd' }, right: { number: 3, text: 'd' } },
      { kind: 'added', right: { number: 4, text: 'e' } },
    ]);
  });
});
