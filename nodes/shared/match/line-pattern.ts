import { compilePattern, type Matcher } from './pattern.ts';

/**
 * Compiles a regular expression, see {@link compilePattern}, that fits wherever it does in a line: `^` at its front
 * stands for the beginning of the line, `$` at its end for that. Throws a SyntaxError.
 */
export function compileLinePattern(source: string): Matcher {
  const atBegin = source.startsWith('^');
  // An escaped $ is a character.
  const atEnd = /(?<=(?:^|[^\\])(?:\\\\)*)\$$/.test(source);
  const inner = source.slice(atBegin ? 1 : 0, atEnd ? -1 : undefined);
  // It must be a pattern by itself, whatever its brackets make of those around it.
  compilePattern(inner);
  return compilePattern(`${atBegin ? '' : '.*'}(${inner})${atEnd ? '' : '.*'}`);
}
