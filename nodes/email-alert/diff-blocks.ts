/** Lines of a diff of one kind that follow one another. */
export interface DiffBlock {
  kind: 'head' | 'same' | 'removed' | 'added' | 'note';
  lines: { number: string; sign: string; text: string }[];
}

/** digits of most line numbers */
const width = 4;

/**
 * A diff as `diff -u` writes it, for people: each line with its number, in the text before where it went, else in the
 * one after. What is no such line counts as a note.
 * @param most lines; what is more is left out
 * @returns also how many were left out
 */
export function diffBlocks(diff: string, most: number): { blocks: DiffBlock[]; omitted: number } {
  const blocks: DiffBlock[] = [];
  let [from, to] = [0, 0];
  const lines = diff.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const add = (kind: DiffBlock['kind'], number: number | undefined, sign: string, text: string) => {
    const line = { number: (number ?? '').toString().padStart(width), sign, text };
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  };
  for (const line of lines.slice(0, most)) {
    const [, oldStart, newStart] = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line) ?? [];
    const text = line.slice(1);
    if (oldStart !== undefined) {
      [from, to] = [Number(oldStart), Number(newStart)];
      add('head', undefined, '', line);
    } else if (line.startsWith('-')) {
      add('removed', from++, '-', text);
    } else if (line.startsWith('+')) {
      add('added', to++, '+', text);
    } else if (line.startsWith(' ')) {
      add('same', to++, ' ', text);
      from++;
    } else {
      add('note', undefined, '', line.replace(/^\\ /, ''));
    }
  }
  return { blocks, omitted: Math.max(0, lines.length - most) };
}
