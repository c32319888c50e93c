import { compileLinePattern } from '../../match/line-pattern.ts';
import type { Matcher } from '../../match/pattern.ts';
import { FieldProblem, isProblem } from '../../problem.ts';
import type { Hit, SearchAnswer, SearchRequest } from './contract.ts';
import { linesOf } from './diff.ts';
import type { Store } from './store.ts';

/** lines of a version that are told, and characters of one */
const told = 20;
const longestLine = 500;
/** lines whose outcome is remembered: versions have most of theirs in common */
const mostKnown = 200_000;

/**
 * Looks for a pattern in the lines of all versions, or of the newest ones, the newest first. Yields after each text.
 * Throws a FieldProblem where the pattern is none.
 * @param isOver whether it has taken long enough
 */
export function* search(
  store: Pick<Store, 'searched' | 'textOf' | 'version'>,
  { pattern, isExpression, devices, isLatestOnly, limit }: SearchRequest,
  isOver: () => boolean,
): Generator<void, SearchAnswer> {
  const fits = remembering(matcherOf(pattern, isExpression));
  const byText = new Map<number, Omit<Hit, 'version'>>();
  const hits: Hit[] = [];
  for (const { id, text } of store.searched(devices, isLatestOnly)) {
    if (isOver()) return { hits, isPartial: true };
    let found = byText.get(text);
    if (!found) {
      found = sound(() => foundIn(linesOf(store.textOf(text)), fits)) ?? { lines: [], count: 0 };
      byText.set(text, found);
      yield;
    }
    if (found.count === 0) continue;
    // It may have been forgotten meanwhile.
    const version = sound(() => store.version(id));
    if (!version) continue;
    if (hits.length === limit) return { hits, isPartial: true };
    hits.push({ version, ...found });
  }
  return { hits, isPartial: false };
}

function matcherOf(pattern: string, isExpression: boolean): Matcher {
  if (pattern === '') throw new FieldProblem('pattern', 'text', pattern);
  if (!isExpression) {
    const wanted = pattern.toLowerCase();
    return (line) => line.toLowerCase().includes(wanted);
  }
  try {
    return compileLinePattern(pattern);
  } catch {
    throw new FieldProblem('pattern', 'pattern', pattern);
  }
}

function remembering(fits: Matcher): Matcher {
  const known = new Map<string, boolean>();
  return (line) => {
    const before = known.get(line);
    if (before !== undefined) return before;
    const now = fits(line);
    if (known.size >= mostKnown) known.clear();
    known.set(line, now);
    return now;
  };
}

function foundIn(lines: readonly string[], fits: Matcher): Omit<Hit, 'version'> {
  const found: Hit['lines'] = [];
  let count = 0;
  for (const [i, text] of lines.entries()) {
    if (fits(text) && ++count <= told) {
      found.push({ number: i + 1, text: text.slice(0, longestLine) });
    }
  }
  return { lines: found, count };
}

// What is damaged or gone is left out.
function sound<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!isProblem(error)) throw error;
    return undefined;
  }
}
