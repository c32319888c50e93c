import { FieldProblem, Problem } from '../../shared/problem.ts';
import { seriesKey } from '../../shared/reading.ts';

// Formats: https://prometheus.io/docs/instrumenting/exposition_formats/ (text 0.0.4) and
// https://prometheus.io/docs/specs/om/open_metrics_spec/ (OpenMetrics 1.0). They differ in few points,
// so one reader takes both.

/** One line's series and its value. */
export interface ExpositionSample {
  name: string;
  /** without those that are empty, which count as not there */
  labels: Record<string, string>;
  value: number;
  /** whether the value only ever grows */
  counter: boolean;
}

/** What a text told, and a problem for each line that was left out. */
export interface Exposition {
  samples: ExpositionSample[];
  problems: Problem[];
}

const maxLine = 10_000;
/** problems that are kept: more help nobody */
const maxProblems = 100;

const metricName = /[a-zA-Z_:][\w:]*/y;
const label = /[ \t]*([a-zA-Z_]\w*)[ \t]*=[ \t]*"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*(?:,|(?=\}))/y;
const labelsEnd = /[ \t]*\}/y;
// A value, perhaps a timestamp, perhaps an exemplar.
const valueAndTime = /^[ \t]+([^ \t#]+)(?:[ \t]+[-+\d.eE]+)?[ \t]*(?:#.*)?$/;
const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const noNumber = /^(?:nan|[-+]?inf(?:inity)?)$/i;

/**
 * Reads exposition text line by line. A broken line is left out and reported, the rest is kept; so is
 * the first of series that come twice. NaN and infinite values are what could not be observed, and
 * are left out. Timestamps and exemplars are not used.
 */
export class ExpositionReader {
  readonly #openMetrics: boolean;
  readonly #wanted: (name: string) => boolean;
  readonly #samples: ExpositionSample[] = [];
  readonly #problems: Problem[] = [];
  readonly #types = new Map<string, string>();
  readonly #names = new Map<string, { wanted: boolean; counter?: boolean }>();
  readonly #series = new Set<string>();
  #line = 0;
  #ended = false;

  /** @param wanted whether the series of a name are wanted; the others are skipped unread */
  constructor(openMetrics: boolean, wanted: (name: string) => boolean) {
    this.#openMetrics = openMetrics;
    this.#wanted = wanted;
  }

  /** Reads one line, without its line feed. */
  line(text: string): void {
    this.#line++;
    try {
      if (text.startsWith('#')) this.#comment(text);
      else if (!/^[ \t\r]*$/.test(text))
        this.#sample(text.endsWith('\r') ? text.slice(0, -1) : text);
    } catch (cause) {
      if (this.#problems.length < maxProblems)
        this.#problems.push(new Problem('line', { line: this.#line }, { cause }));
    }
  }

  /** What all lines told. */
  end(): Exposition {
    if (this.#openMetrics && !this.#ended) this.#problems.push(new Problem('cutShort'));
    return { samples: this.#samples, problems: this.#problems };
  }

  #comment(text: string): void {
    if (/^# EOF\s*$/.test(text)) this.#ended = true;
    const [, name, type] = /^#[ \t]+TYPE[ \t]+(\S+)[ \t]+(\w+)\s*$/.exec(text) ?? [];
    if (name !== undefined) this.#types.set(name, type!);
    else if (/^#[ \t]+TYPE\b/.test(text)) throw new FieldProblem('TYPE', 'metricType', text);
  }

  #sample(text: string): void {
    if (text.length > maxLine) throw new FieldProblem('metric', 'shorter', text, { max: maxLine });
    const start = /^[ \t]*/.exec(text)![0].length;
    metricName.lastIndex = start;
    const name = metricName.exec(text)?.[0];
    if (name === undefined) throw new FieldProblem('metric', 'metricName', text);
    const known = this.#name(name);
    if (!known.wanted) return;
    const labels: Record<string, string> = {};
    const rest = text.slice(readLabels(text, start + name.length, labels));
    const value = valueAndTime.exec(rest)?.[1] ?? '';
    if (noNumber.test(value)) return;
    if (!number.test(value)) throw new FieldProblem('value', 'number', rest.trim());
    if (!Number.isFinite(Number(value))) return;
    const key = seriesKey(name, labels);
    if (this.#series.has(key)) throw new Problem('twice', { series: text.slice(0, 200) });
    this.#series.add(key);
    known.counter ??= isCounter(name, this.#types);
    this.#samples.push({ name, labels, value: Number(value), counter: known.counter });
  }

  #name(name: string) {
    let known = this.#names.get(name);
    if (!known) this.#names.set(name, (known = { wanted: this.#wanted(name) }));
    return known;
  }
}

// Returns where they end.
function readLabels(text: string, from: number, labels: Record<string, string>): number {
  let at = /^[ \t]*\{/.exec(text.slice(from, from + 20))?.[0].length ?? 0;
  if (at === 0) return from;
  at += from;
  for (;;) {
    labelsEnd.lastIndex = label.lastIndex = at;
    if (labelsEnd.test(text)) return labelsEnd.lastIndex;
    const [, name, value] = label.exec(text) ?? [];
    if (name === undefined || name === '__proto__')
      throw new FieldProblem('labels', 'metricLabels', text.slice(at));
    if (value !== '') labels[name] = unescape(value!);
    at = label.lastIndex;
  }
}

function unescape(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(["\\n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
}

/** The parts of a family that only ever grow, by its type. */
const growing: Partial<Record<string, readonly string[]>> = {
  counter: ['', 'total'],
  histogram: ['bucket', 'count', 'sum'],
  summary: ['count', 'sum'],
};

function isCounter(name: string, types: ReadonlyMap<string, string>): boolean {
  const [family, part] = partsOf(name);
  for (const [base, suffix] of [
    [name, ''],
    [family, part],
  ] as const) {
    const type = types.get(base);
    if (type !== undefined && type !== 'untyped' && type !== 'unknown')
      return growing[type]?.includes(suffix) ?? false;
  }
  return part === 'total';
}

function partsOf(name: string): [family: string, part: string] {
  const at = name.lastIndexOf('_');
  return [name.slice(0, at), name.slice(at + 1)];
}
