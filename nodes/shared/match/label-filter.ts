import { FieldProblem } from '../problem.ts';
import { compilePattern, compileWildcard, type Matcher } from './pattern.ts';

interface LabelTest {
  label: string;
  negated: boolean;
  fits: Matcher;
}

/** Which series are meant: those whose labels pass every test. Made by {@link parseLabelFilter}. */
export type LabelFilter = readonly LabelTest[];

const operators = ['=~', '!~', '!=', '='] as const;

/**
 * Parses a list of label matchers as Prometheus has them: `device="core-1", interface=~"eth.*"`,
 * with the operators `=`, `!=`, `=~` and `!~` (a regular expression for the whole value, see
 * {@link compilePattern}). Quotes may be left off; `*` in an unquoted value then stands for any
 * characters: `interface=eth*`. A label that a series does not have counts as an empty text. An empty
 * list means every series. Throws a FieldProblem with the piece that is not understood.
 */
export function parseLabelFilter(field: string, text: string): LabelFilter {
  if (text.length > 1000) throw new FieldProblem(field, 'shorter', text, { max: 1000 });
  const tests: LabelTest[] = [];
  let rest = text
    .trim()
    .replace(/^\{(.*)\}$/s, '$1')
    .trim();
  while (rest !== '') {
    const fail = () => new FieldProblem(field, 'labelFilter', rest);
    const label = /^[a-zA-Z_]\w*/.exec(rest)?.[0];
    if (label === undefined || label === '__proto__') throw fail();
    const afterLabel = rest.slice(label.length).trimStart();
    const operator = operators.find((o) => afterLabel.startsWith(o));
    if (!operator) throw fail();
    const value = readValue(afterLabel.slice(operator.length).trimStart());
    if (!value || (value.rest !== '' && !value.rest.startsWith(','))) throw fail();
    tests.push({
      label,
      negated: operator.startsWith('!'),
      fits: operator.endsWith('~') ? pattern(field, value.text) : plain(value),
    });
    rest = value.rest.slice(1).trimStart();
  }
  return tests;
}

/** Whether labels pass every test of a filter. */
export function matches(filter: LabelFilter, labels: Readonly<Record<string, string>>): boolean {
  return filter.every(({ label, negated, fits }) => {
    const value = Object.hasOwn(labels, label) ? labels[label]! : '';
    return fits(value) !== negated;
  });
}

interface Value {
  text: string;
  quoted: boolean;
  rest: string;
}

function readValue(input: string): Value | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^'\\]|\\.)*)'/s.exec(input);
  if (quoted) {
    // Only quotes and backslashes need escaping, so that "eth\d+" means what it looks like.
    const text = (quoted[1] ?? quoted[2]!).replace(/\\(["'\\])/g, '$1');
    return { text, quoted: true, rest: input.slice(quoted[0].length).trimStart() };
  }
  const bare = /^[^,"']+/.exec(input)?.[0].trimEnd();
  if (!bare) return undefined;
  return { text: bare, quoted: false, rest: input.slice(bare.length).trimStart() };
}

function plain({ text, quoted }: Value): Matcher {
  return quoted || !text.includes('*') ? (value) => value === text : compileWildcard(text);
}

function pattern(field: string, source: string): Matcher {
  try {
    return compilePattern(source);
  } catch {
    throw new FieldProblem(field, 'pattern', source);
  }
}
