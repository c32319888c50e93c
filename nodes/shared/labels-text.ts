import * as check from './check.ts';
import { FieldProblem } from './problem.ts';

/** Reads labels as they are typed: `site=berlin, role=core`. Throws a FieldProblem. */
export function labelsFromText(field: string, text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  const entries = pairs.map((pair) => {
    const [name, label, ...more] = pair.split('=').map((part) => part.trim());
    if (!name || !label || more.length > 0) throw new FieldProblem(field, 'labelPairs', text);
    return [name, label] as const;
  });
  return check.labels(field, Object.fromEntries(entries));
}

/** Labels as they are typed. */
export function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, label]) => `${name}=${label}`)
    .join(', ');
}
