import { FieldProblem } from '../../shared/problem.ts';

/** What a JSON document must have at a place. Made by {@link parseJsonCondition}. */
export interface JsonCondition {
  /** names of fields and indexes of lists, from the outside in */
  path: readonly (string | number)[];
  operator: Operator;
  expected: unknown;
}

const operators = ['!=', '<=', '>=', '=', '<', '>'] as const;
type Operator = (typeof operators)[number];

const step = /(?:^|\.)([\w$-]+)|(?:^|\.)"((?:[^"\\]|\\.)*)"|\[(\d{1,9})\]/y;

/**
 * Reads a condition: `status = "ok"`, `checks[0].age < 60`, `"a.b".c != null`. The value is JSON; a
 * bare word counts as a text. Throws a FieldProblem.
 */
export function parseJsonCondition(field: string, text: string): JsonCondition {
  const fail = () => new FieldProblem(field, 'jsonCondition', text);
  const source = text.trim();
  if (text.length > 500 || source.startsWith('.')) throw fail();
  const path: (string | number)[] = [];
  let at = 0;
  for (;;) {
    step.lastIndex = at;
    const [whole, name, quoted, index] = step.exec(source) ?? [];
    if (whole === undefined) break;
    path.push(index === undefined ? (name ?? quoted!.replace(/\\(.)/g, '$1')) : Number(index));
    at += whole.length;
  }
  const rest = source.slice(at).trimStart();
  const operator = operators.find((o) => rest.startsWith(o));
  if (path.length === 0 || !operator) throw fail();
  const expected = rest.slice(operator.length).trim();
  if (expected === '' || /^[=<>]/.test(expected)) throw fail();
  return { path, operator, expected: literal(expected, fail) };
}

function literal(text: string, fail: () => Error): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (/["[\]{}]/.test(text)) throw fail();
    return text;
  }
}

/** What a document has at the condition's place; undefined where it has none. */
export function valueAt(document: unknown, path: JsonCondition['path']): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/**
 * Whether a document meets the condition. Numbers and numeric texts compare as numbers. A value that
 * is not there meets `!=` only.
 */
export function meets(document: unknown, { path, operator, expected }: JsonCondition): boolean {
  const value = valueAt(document, path);
  const order = compare(value, expected);
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

// Negative, 0 or positive as in sort; NaN where the two have no order and are not equal.
function compare(value: unknown, expected: unknown): number {
  const a = numeric(value);
  const b = numeric(expected);
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return value !== undefined && isSame(value, expected) ? 0 : Number.NaN;
}

function isSame(value: unknown, expected: unknown): boolean {
  const [is, wanted] = [value, expected].map((one) => typeof one === 'object' && one !== null);
  if (!is || !wanted) return value === expected;
  try {
    return JSON.stringify(value) === JSON.stringify(expected);
  } catch {
    // It is nested too deeply for that, so deeper than any condition.
    return false;
  }
}

function numeric(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
