import type { DiffHunk } from '../../contract/pages.ts';

/** A line of one of the two texts. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  /** its number in the text before and in the one after; of the one that has it */
  from?: number;
  to?: number;
  text: string;
}

/** A row of two texts beside each other; a side is missing where only the other one has a line. */
export interface DiffPair {
  before?: DiffLine;
  after?: DiffLine;
}

/** The lines of a hunk, one below the other. */
export function linesOf({ from, to, lines }: DiffHunk): DiffLine[] {
  let [before, after] = [from, to];
  return lines.map((line) => {
    const text = line.slice(1);
    if (line.startsWith('-')) return { kind: 'removed', from: before++, text };
    if (line.startsWith('+')) return { kind: 'added', to: after++, text };
    return { kind: 'same', from: before++, to: after++, text };
  });
}

/** The same beside each other: lines that were removed stand beside those that came in their place. */
export function pairsOf(hunk: DiffHunk): DiffPair[] {
  const pairs: DiffPair[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const end = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      pairs.push({
        ...(removed[i] && { before: removed[i]! }),
        ...(added[i] && { after: added[i]! }),
      });
    }
    removed = [];
    added = [];
  };
  for (const line of linesOf(hunk)) {
    if (line.kind === 'removed') {
      if (added.length > 0) end();
      removed.push(line);
    } else if (line.kind === 'added') {
      added.push(line);
    } else {
      end();
      pairs.push({ before: line, after: line });
    }
  }
  end();
  return pairs;
}
