import { hasControl } from '../shared/check.ts';
import { compileWildcard } from '../shared/pattern.ts';
import { FieldProblem } from '../shared/problem.ts';

/**
 * Parses a list such as `eth*, wlan0, !eth9`: names separated by commas, where `*` stands for any
 * characters and `!` excludes. A list of nothing but exclusions takes all other names.
 */
export function parseNameFilter(field: string, value: unknown): (name: string) => boolean {
  const bad = () => new FieldProblem(field, 'nameFilter', value);
  if (typeof value !== 'string' || value.length > 500 || hasControl(value)) throw bad();
  if (value.trim() === '') return () => true;
  const parts = value.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '' || part === '!')) throw bad();
  const excluded = parts.filter((p) => p.startsWith('!')).map((p) => compileWildcard(p.slice(1)));
  const included = parts.filter((p) => !p.startsWith('!')).map((p) => compileWildcard(p));
  return (name) =>
    !excluded.some((fits) => fits(name)) &&
    (included.length === 0 || included.some((fits) => fits(name)));
}
