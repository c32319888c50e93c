// The conditions of version 1, to compare with: JSONata in their place must ask the same.

interface JsonCondition {
  /** names of fields and indexes of lists, from the outside in */
  path: readonly (string | number)[];
  operator: Operator;
  expected: unknown;
}

const operators = ['!=', '<=', '>=', '=', '<', '>'] as const;
type Operator = (typeof operators)[number];

const step = /(?:^|\.)([\w$-]+)|(?:^|\.)"((?:[^"\\]|\\.)*)"|\[(\d{1,9})\]/y;

/** Whether a document meets a condition; undefined where it is no condition. */
export function earlierCondition(text: string): ((document: unknown) => boolean) | undefined {
  const condition = parse(text);
  return condition && ((document) => meets(document, condition));
}

// `status = "ok"`, `checks[0].age < 60`, `"a.b".c != null`: the value is JSON, or a bare word that counts as a text.
function parse(text: string): JsonCondition | undefined {
  const source = text.trim();
  if (text.length > 500 || source.startsWith('.')) return undefined;
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
  if (path.length === 0 || !operator) return undefined;
  const expected = rest.slice(operator.length).trim();
  if (expected === '' || /^[=<>]/.test(expected)) return undefined;
  try {
    return { path, operator, expected: JSON.parse(expected) as unknown };
  } catch {
    return /["[\]{}]/.test(expected) ? undefined : { path, operator, expected };
  }
}

function valueAt(document: unknown, path: JsonCondition['path']): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

// Numbers and numeric texts compare as numbers. A value that is not there meets `!=` only.
function meets(document: unknown, { path, operator, expected }: JsonCondition): boolean {
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
  return JSON.stringify(value) === JSON.stringify(expected);
}

function numeric(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
