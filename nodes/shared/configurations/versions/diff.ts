import { diffArrays } from 'diff';
import type { Diff, Hunk } from './contract.ts';

/** lines around those that changed */
const usualContext = 3;
/** lines of all hunks */
const usualLines = 2000;
/** characters of all hunks: a line may be very long */
const mostCharacters = 1_000_000;
/** ms for which two texts are compared */
const usualPatience = 2000;

export interface DiffOptions {
  context?: number;
  lines?: number;
  /** ms */
  patience?: number;
}

/** A stretch of lines: in both texts, or in one of them only. */
interface Stretch {
  sign: ' ' | '-' | '+';
  lines: readonly string[];
}

/**
 * What two texts differ in, line by line: the shortest way from one to the other (Myers, "An O(ND) Difference Algorithm
 * and Its Variations", 1986).
 */
export function diffOf(before: string, after: string, options: DiffOptions = {}): Diff {
  const { context = usualContext, lines = usualLines, patience = usualPatience } = options;
  const [from, to] = [linesOf(before), linesOf(after)];
  const stretches = stretchesOf(from, to, patience);
  if (!stretches) return { ...countedApart(from, to), hunks: [], omitted: 0, isTooLarge: true };
  const count = (sign: Stretch['sign']) =>
    stretches.reduce((sum, one) => sum + (one.sign === sign ? one.lines.length : 0), 0);
  const all = hunksOf(stretches, context);
  const { hunks, omitted } = limited(all, lines);
  return { added: count('+'), removed: count('-'), hunks, omitted, isTooLarge: false };
}

/** The lines of a text. What ends the last one, and how lines end, tells nothing. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

// Undefined where it takes longer than that. What both texts begin and end with need not be compared.
function stretchesOf(
  from: readonly string[],
  to: readonly string[],
  patience: number,
): Stretch[] | undefined {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head++;
  let tail = 0;
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail++;
  const [a, b] = [from.slice(head, from.length - tail), to.slice(head, to.length - tail)];
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly string[]) =>
    lines.map((line) => {
      const known = numbers.get(line);
      if (known === undefined) numbers.set(line, numbers.size);
      return known ?? numbers.size - 1;
    });
  // Numbers compare faster than texts.
  const parts = diffArrays(numbered(a), numbered(b), { timeout: patience });
  if (!parts) return undefined;
  const texts = [...numbers.keys()];
  const stretches: Stretch[] = [{ sign: ' ', lines: from.slice(0, head) }];
  for (const { added, removed, value } of parts) {
    const lines = value.map((number) => texts[number]!);
    stretches.push({ sign: added ? '+' : removed ? '-' : ' ', lines });
  }
  stretches.push({ sign: ' ', lines: from.slice(from.length - tail) });
  return merged(stretches);
}

// Stretches of one kind that touch are one, and what goes stands before what comes.
function merged(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    if (stretch.lines.length === 0) continue;
    const last = all.at(-1);
    const before = all.at(-2);
    if (last?.sign === stretch.sign) {
      all[all.length - 1] = { ...last, lines: [...last.lines, ...stretch.lines] };
    } else if (stretch.sign === '-' && last?.sign === '+') {
      if (before?.sign === '-') {
        all[all.length - 2] = { ...before, lines: [...before.lines, ...stretch.lines] };
      } else {
        all.splice(-1, 0, stretch);
      }
    } else {
      all.push(stretch);
    }
  }
  return all;
}

function hunksOf(stretches: readonly Stretch[], context: number): Hunk[] {
  const hunks: Hunk[] = [];
  let open: Hunk | undefined;
  let [from, to] = [1, 1];
  for (const [i, { sign, lines }] of stretches.entries()) {
    if (sign !== ' ') {
      open ??= { from, to, lines: [] };
      for (const line of lines) open.lines.push(sign + line);
    } else {
      const isLast = i === stretches.length - 1;
      const trailing = open ? lines.slice(0, context) : [];
      for (const line of trailing) open!.lines.push(` ${line}`);
      const leading = isLast ? [] : lines.slice(Math.max(trailing.length, lines.length - context));
      const isGap = lines.length > trailing.length + leading.length;
      if (open && (isGap || isLast)) {
        hunks.push(open);
        open = undefined;
      }
      if (!isLast) {
        const skipped = lines.length - leading.length;
        open ??= { from: from + skipped, to: to + skipped, lines: [] };
        for (const line of leading) open.lines.push(` ${line}`);
      }
    }
    if (sign !== '+') from += lines.length;
    if (sign !== '-') to += lines.length;
  }
  if (open) hunks.push(open);
  return hunks;
}

function limited(hunks: readonly Hunk[], most: number): { hunks: Hunk[]; omitted: number } {
  const kept: Hunk[] = [];
  let left = most;
  let room = mostCharacters;
  let omitted = 0;
  for (const hunk of hunks) {
    const end = hunk.lines.findIndex((line, i) => i >= left || (room -= line.length) < 0);
    const lines = end < 0 ? hunk.lines : hunk.lines.slice(0, end);
    // What comes after a gap would tell something wrong.
    left = end < 0 ? left - lines.length : 0;
    omitted += hunk.lines.length - lines.length;
    if (lines.length > 0) kept.push({ ...hunk, lines });
  }
  return { hunks: kept, omitted };
}

function countedApart(from: readonly string[], to: readonly string[]) {
  const counts = new Map<string, number>();
  for (const line of to) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of from) counts.set(line, (counts.get(line) ?? 0) - 1);
  let [added, removed] = [0, 0];
  for (const count of counts.values()) {
    added += Math.max(0, count);
    removed += Math.max(0, -count);
  }
  return { added, removed };
}
