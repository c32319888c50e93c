/** One step of a path: the name of a field, or the index of an entry. */
type Step = string | number;

const operators = ['!=', '<=', '>=', '=', '<', '>'] as const;
type Operator = (typeof operators)[number];

const step = /(?:^|\.)([\w$-]+)|(?:^|\.)"((?:[^"\\]|\\.)*)"|\[(\d{1,9})\]/y;

/**
 * The JSONata that asks the same as a condition of version 1, such as `status = "ok"`,
 * `checks[0].age < 60` or `"a.b".c != null`: a path, an operator and JSON or a bare word. What is no such
 * condition comes back as it is.
 *
 * The two part where a document is not made as its condition says: JSONata looks for a field in each entry of
 * a list, and takes what is no list for its own first entry. Numbers as texts are decimal, of up to 15 digits.
 */
export function conditionToJsonata(condition: string): string {
  const { path, rest } = readPath(condition.trim());
  const operator = operators.find((one) => rest.startsWith(one));
  if (path.length === 0 || !operator) return condition;
  const text = rest.slice(operator.length).trim();
  const expected = literal(text);
  if (text === '' || /^[=<>]/.test(text) || expected === undefined) return condition;
  return comparison(valueOf(path), operator, expected);
}

function readPath(source: string): { path: Step[]; rest: string } {
  const path: Step[] = [];
  let at = 0;
  for (;;) {
    step.lastIndex = at;
    const [whole, name, quoted, index] = step.exec(source) ?? [];
    if (whole === undefined || source.startsWith('.')) break;
    path.push(index === undefined ? (name ?? quoted!.replace(/\\(.)/g, '$1')) : Number(index));
    at += whole.length;
  }
  return { path, rest: source.slice(at).trimStart() };
}

// Undefined where it is neither JSON nor a bare word.
function literal(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return /["[\]{}]/.test(text) ? undefined : text;
  }
}

function valueOf(path: readonly Step[]): string {
  const value = path.map(stepOf).join('');
  if (path.at(-1) !== 'length') return value;
  const list = path.slice(0, -1).map(stepOf).join('') || '$';
  return `($type(${list}) = "array" ? $count(${list}) : ${value})`;
}

function stepOf(step: Step, place: number): string {
  if (typeof step === 'number') return `${place === 0 ? '$' : ''}[${step}]`;
  if (step.includes('`')) return `${place === 0 ? '$' : ''}.${JSON.stringify(step)}`;
  const name = /^[a-zA-Z_]\w*$/.test(step) ? step : `\`${step}\``;
  return place === 0 ? name : `.${name}`;
}

// Numbers and numeric texts compare as numbers; what is not there meets `!=` only.
function comparison(value: string, operator: Operator, expected: unknown): string {
  const number = numeric(expected);
  const text = `$trim($string(${value}))`;
  switch (operator) {
    case '!=':
      if (number === undefined) return `$not(${value} = ${JSON.stringify(expected)})`;
      return `$not($number($match(${text}, ${numericText}).match) = ${number})`;
    case '=':
    case '<=':
    case '>=':
      if (number === undefined) return `${value} = ${JSON.stringify(expected)}`;
      return `$number(${text}) ${operator} ${number}`;
    case '<':
    case '>':
      // What is no number has no order.
      return number === undefined ? 'false' : `$number(${text}) ${operator} ${number}`;
  }
}

/** what JSONata's `$number` takes */
const numericText = String(/^-?\d+(\.\d+)?([Ee][-+]?\d+)?$/);

function numeric(expected: unknown): number | undefined {
  const isText = typeof expected === 'string' && expected.trim() !== '';
  const number = isText ? Number(expected) : expected;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
