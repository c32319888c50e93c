// The one language of filters, which docs/filters.md describes: names with `*` and `!`, and label
// matchers as Prometheus has them. What it gives travels in the place of the text.

import { toMetricName, toMetricPart } from '../../contract/metrics.ts';
import * as check from '../check.ts';
import { FieldProblem } from '../problem.ts';
import { LabelFilter, type LabelMatcher } from './label-filter.ts';
import { type NameEntry, NameFilter } from './name-filter.ts';
import { compilePattern, compileWildcard, type Matcher } from './pattern.ts';
import { type SeriesEntry, SeriesFilter } from './series-filter.ts';

/**
 * Parses a list such as `eth*, wlan0, !eth9`: names separated by commas, where `*` stands for any
 * characters and `!` leaves out. A list that only leaves out takes all other names, an empty one all.
 * Throws a FieldProblem.
 */
export function parseNames(field: string, value: unknown): NameFilter {
  const fail = () => new FieldProblem(field, 'nameFilter', value);
  if (typeof value !== 'string' || value.length > 5000 || check.hasControl(value)) throw fail();
  if (value.trim() === '') return new NameFilter([]);
  return new NameFilter(value.split(',').map((part) => nameEntry(part.trim(), fail)));
}

/**
 * Parses names of metrics, likewise: `in_rate, out_rate`, `*, !in_*`. Characters that no metric's name has
 * count as `_`, and commas too many do not count. Throws a FieldProblem, also where none is named.
 */
export function parseMetrics(field: string, value: unknown): NameFilter {
  const parts = check
    .text(field, value)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) throw new FieldProblem(field, 'text', value);
  const entries = parts.map((part) => {
    const entry = nameEntry(part, () => new FieldProblem(field, 'metricFilter', value));
    return { ...entry, name: metricName(entry.name) };
  });
  return new NameFilter(entries);
}

/**
 * Parses a list of label matchers: `device="core-1", interface=~"eth.*"`, with the operators `=`, `!=`,
 * `=~` and `!~` (a regular expression for the whole value, see {@link compilePattern}). Quotes may be left
 * off; `*` in an unquoted value then stands for any characters: `interface=eth*`. An empty list takes every
 * series. Throws a FieldProblem with the piece that is not understood.
 */
export function parseLabels(field: string, text: string): LabelFilter {
  if (text.length > 1000) throw new FieldProblem(field, 'shorter', text, { max: 1000 });
  const matchers: LabelMatcher[] = [];
  let rest = text
    .trim()
    .replace(/^\{(.*)\}$/s, '$1')
    .trim();
  while (rest !== '') {
    const read = labelMatcher(field, rest);
    if (!read || (read.rest !== '' && !read.rest.startsWith(','))) {
      throw new FieldProblem(field, 'labelFilter', rest);
    }
    matchers.push(read.matcher);
    rest = read.rest.slice(1).trimStart();
  }
  return new LabelFilter(text.trim(), matchers);
}

/** Label matchers as typed, or as they were parsed. Throws a FieldProblem. */
export function toLabelFilter(field: string, value: unknown): LabelFilter {
  if (value instanceof LabelFilter) return value;
  if (value === undefined) return parseLabels(field, '');
  if (typeof value !== 'string') throw new FieldProblem(field, 'labelFilter', value);
  return parseLabels(field, value);
}

/**
 * Parses selectors, one a line: a metric's name, in which `*` stands for any characters, and perhaps label
 * matchers: `node_disk_*{device=~"sd.*"}`. `!` before one leaves out what it selects. An empty text selects
 * nothing. Throws a FieldProblem.
 */
export function parseSeries(field: string, value: unknown): SeriesFilter {
  if (typeof value !== 'string') throw new FieldProblem(field, 'selector', value);
  if (value.length > 5000) throw new FieldProblem(field, 'shorter', value, { max: 5000 });
  const lines = value.split('\n').map((line) => line.trim());
  return new SeriesFilter(lines.filter((line) => line !== '').map((l) => selector(field, l)));
}

function nameEntry(text: string, fail: () => Error): NameEntry {
  const negated = text.startsWith('!');
  const name = negated ? text.slice(1) : text;
  if (name === '') throw fail();
  return { name, negated };
}

function metricName(text: string): string {
  return text.includes('*') ? text.split('*').map(toMetricPart).join('*') : toMetricName(text);
}

function selector(field: string, line: string): SeriesEntry {
  const [, mark, name, labels = ''] =
    /^(!?)\s*([a-zA-Z_:*][\w:./*-]*)\s*(\{.*\})?$/.exec(line) ?? [];
  if (name === undefined) throw new FieldProblem(field, 'selector', line);
  return { fits: compileWildcard(name), labels: parseLabels(field, labels), negated: mark === '!' };
}

const operators = ['=~', '!~', '!=', '='] as const;

/** The matcher that a text begins with, and what follows it. */
function labelMatcher(
  field: string,
  text: string,
): { matcher: LabelMatcher; rest: string } | undefined {
  const label = /^[a-zA-Z_]\w*/.exec(text)?.[0];
  if (label === undefined || label === '__proto__') return undefined;
  const afterLabel = text.slice(label.length).trimStart();
  const operator = operators.find((o) => afterLabel.startsWith(o));
  if (!operator) return undefined;
  const value = labelValue(afterLabel.slice(operator.length).trimStart());
  if (!value) return undefined;
  const fits = operator.endsWith('~') ? expression(field, value.text) : plain(value);
  const equals = operator === '=' && isPlain(value) ? { equals: value.text } : {};
  const matcher = { label, negated: operator.startsWith('!'), fits, ...equals };
  return { matcher, rest: value.rest };
}

interface Value {
  text: string;
  quoted: boolean;
  rest: string;
}

function labelValue(input: string): Value | undefined {
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

function isPlain({ text, quoted }: Value): boolean {
  return quoted || !text.includes('*');
}

function plain(value: Value): Matcher {
  const { text } = value;
  return isPlain(value) ? (given) => given === text : compileWildcard(text);
}

function expression(field: string, source: string): Matcher {
  try {
    return compilePattern(source);
  } catch {
    throw new FieldProblem(field, 'pattern', source);
  }
}
