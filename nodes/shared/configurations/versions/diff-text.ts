import type { Hunk } from './contract.ts';

/** A line of a diff with its numbers; only those that its text has. */
export interface NumberedLine {
  kind: 'same' | 'removed' | 'added';
  /** in the text before, from 1 */
  from?: number;
  /** in the text after */
  to?: number;
  text: string;
}

/** One row of two texts side by side; a side that has no such line is missing. */
export interface SideBySideRow {
  kind: 'same' | 'changed' | 'removed' | 'added';
  left?: { number: number; text: string };
  right?: { number: number; text: string };
}

const kinds = { ' ': 'same', '-': 'removed', '+': 'added' } as const;

/** The lines of a hunk, each with its numbers. */
export function numberedLines({ from, to, lines }: Hunk): NumberedLine[] {
  return lines.map((line) => {
    const kind = kinds[line[0] as ' ' | '-' | '+'];
    return {
      kind,
      ...(kind !== 'added' && { from: from++ }),
      ...(kind !== 'removed' && { to: to++ }),
      text: line.slice(1),
    };
  });
}

/** The head of a hunk, as `diff -u` writes it: `@@ -3,7 +3,8 @@`. */
function hunkHead({ from, to, lines }: Hunk): string {
  const count = (without: string) => lines.filter((line) => line[0] !== without).length;
  // Where there is no line, it is the number of the one before (POSIX, diff -u).
  const range = (start: number, length: number) =>
    length === 1 ? `${start}` : `${length === 0 ? start - 1 : start},${length}`;
  return `@@ -${range(from, count('+'))} +${range(to, count('-'))} @@`;
}

/** Hunks as `diff -u` writes them, without names of files. */
export function unifiedText(hunks: readonly Hunk[]): string {
  return hunks.map((hunk) => `${[hunkHead(hunk), ...hunk.lines].join('\n')}\n`).join('');
}

/** The lines of a hunk side by side: what went and what came at one place stands in one row. */
export function sideBySide(hunk: Hunk): SideBySideRow[] {
  const rows: SideBySideRow[] = [];
  let removed: { number: number; text: string }[] = [];
  let added: { number: number; text: string }[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      const [left, right] = [removed[i], added[i]];
      rows.push({
        kind: left && right ? 'changed' : left ? 'removed' : 'added',
        ...(left && { left }),
        ...(right && { right }),
      });
    }
    [removed, added] = [[], []];
  };
  for (const { kind, from, to, text } of numberedLines(hunk)) {
    if (kind === 'removed') {
      removed.push({ number: from!, text });
    } else if (kind === 'added') {
      added.push({ number: to!, text });
    } else {
      flush();
      rows.push({ kind, left: { number: from!, text }, right: { number: to!, text } });
    }
  }
  flush();
  return rows;
}
