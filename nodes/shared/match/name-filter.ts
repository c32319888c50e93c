import { hasControl } from '../check.ts';
import { compileWildcard } from './pattern.ts';
import { FieldProblem } from '../problem.ts';

/**
 * Parses a list such as `eth*, wlan0, !eth9`: names separated by commas, where `*` stands for any
 * characters and `!` excludes. A list of nothing but exclusions takes all other names.
 */
export function parseNameFilter(field: string, value: unknown): (name: string) => boolean {
  const bad = () => new FieldProblem(field, 'nameFilter', value);
  if (typeof value !== 'string' || value.length > 5000 || hasControl(value)) throw bad();
  if (value.trim() === '') return () => true;
  const parts = value.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '' || part === '!')) throw bad();
  const excluded = parts.filter((p) => p.startsWith('!')).map((p) => p.slice(1));
  const included = parts.filter((p) => !p.startsWith('!'));
  const [excludes, includes] = [anyOf(excluded), anyOf(included)];
  return (name) => !excludes(name) && (included.length === 0 || includes(name));
}

// A list made by ticks has hundreds of plain names.
function anyOf(list: readonly string[]): (name: string) => boolean {
  const plain = new Set(list.filter((entry) => !entry.includes('*')));
  const patterns = list.filter((entry) => entry.includes('*')).map(compileWildcard);
  return (name) => plain.has(name) || patterns.some((fits) => fits(name));
}
