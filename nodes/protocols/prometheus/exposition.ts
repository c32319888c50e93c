import { toMetricName } from '../../contract/metrics.ts';
import { seriesKey } from '../../contract/reading.ts';
import { FieldProblem, Problem } from '../../shared/problem.ts';

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

type Wanted = boolean | undefined | ((labels: Readonly<Record<string, string>>) => boolean);

/** characters of a line */
export const maxLine = 10_000;
/** series that are kept */
const maxSeries = 100_000;
/** problems that are kept: more help nobody */
const maxProblems = 100;

const metricName = /[a-zA-Z_:][\w:]*/y;
// Prometheus 3 puts any name into quotes, and that of the metric among the labels.
const label =
  /[ \t]*(?:([a-zA-Z_]\w*)|"([^"\\]*(?:\\.[^"\\]*)*)")[ \t]*(?:=[ \t]*"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*)?(?:,|(?=\}))/y;
const quotedStart = /^[ \t]*\{[ \t]*(?:"(?:[^"\\]|\\.)*"[ \t]*[=,}]|[a-zA-Z_]\w*[ \t]*=)/;
const labelsEnd = /[ \t]*\}/y;
// A value, perhaps a timestamp, perhaps an exemplar.
const valueAndTime = /^[ \t]+([^ \t#]+)(?:[ \t]+([-+\d.eE]+))?[ \t]*(?:#.*)?$/;
const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const noNumber = /^(?:nan|[-+]?inf(?:inity)?)$/i;

/**
 * Reads exposition text line by line. A broken line is left out and reported, the rest is kept; so is
 * the first of series that come twice, or the newest where their timestamps differ. NaN and infinite
 * values are what could not be observed, and are left out. In names that are not Netmon's way, other
 * characters become `_`. Exemplars are not used.
 */
export class ExpositionReader {
  readonly #openMetrics: boolean;
  readonly #wanted: (name: string) => Wanted;
  readonly #samples: ExpositionSample[] = [];
  readonly #problems: Problem[] = [];
  readonly #types = new Map<string, string>();
  readonly #names = new Map<string, { wanted: Wanted; counter?: boolean }>();
  readonly #series = new Map<string, { sample: ExpositionSample; time: number }>();
  #left = 0;
  #afterEnd = 0;
  #line = 0;
  #ended = false;

  /** @param wanted which series of a name are wanted: all, none, or by their labels. Others are skipped */
  constructor(openMetrics: boolean, wanted: (name: string) => Wanted) {
    this.#openMetrics = openMetrics;
    this.#wanted = wanted;
  }

  /** Reads one line, without its line feed. */
  line(text: string): void {
    this.#line++;
    if (this.#ended && this.#openMetrics) {
      if (this.#afterEnd === 0 && text.trim() !== '') this.#afterEnd = this.#line;
      return;
    }
    try {
      if (text.length > maxLine) {
        if (!text.startsWith('#')) {
          throw new FieldProblem('metric', 'shorter', text.slice(0, 100), { max: maxLine });
        }
      } else if (text.startsWith('#')) {
        this.#comment(text);
      } else if (!/^[ \t\r]*$/.test(text)) {
        this.#sample(text.endsWith('\r') ? text.slice(0, -1) : text);
      }
    } catch (cause) {
      if (this.#problems.length < maxProblems) {
        this.#problems.push(new Problem('line', { line: this.#line }, { cause }));
      }
    }
  }

  /** What all lines told. Throws a Problem where these are more series than can be read. */
  end(): Exposition {
    if (this.#left > 0) {
      throw new Problem('tooManySeries', { count: maxSeries + this.#left, max: maxSeries });
    }
    if (this.#openMetrics && !this.#ended) this.#problems.push(new Problem('cutShort'));
    if (this.#afterEnd > 0) this.#problems.push(new Problem('afterEnd', { line: this.#afterEnd }));
    const samples = this.#samples.filter(({ value }) => Number.isFinite(value));
    return { samples, problems: this.#problems };
  }

  #comment(text: string): void {
    if (/^# EOF\s*$/.test(text)) this.#ended = true;
    const [, plain, quoted, type] =
      /^#[ \t]+TYPE[ \t]+(?:([^\s"]+)|"([^"\\]*(?:\\.[^"\\]*)*)")[ \t]+(\w+)\s*$/.exec(text) ?? [];
    if (type !== undefined) this.#types.set(plain ?? toName(unescape(quoted!)), type);
    else if (/^#[ \t]+TYPE\b/.test(text)) throw new FieldProblem('TYPE', 'metricType', text);
  }

  #sample(text: string): void {
    const start = /^[ \t]*/.exec(text)![0].length;
    metricName.lastIndex = start;
    let name = metricName.exec(text)?.[0];
    if (name !== undefined && !this.#name(name).wanted) return;
    if (name === undefined && !quotedStart.test(text)) {
      throw new FieldProblem('metric', 'metricName', text);
    }
    const labels: Record<string, string> = {};
    const read = readLabels(text, start + (name?.length ?? 0), labels);
    if (read.name !== undefined && name !== undefined) {
      throw new FieldProblem('metric', 'metricName', text);
    }
    name ??= read.name;
    if (name === undefined) throw new FieldProblem('metric', 'metricName', text);
    const known = this.#name(name);
    if (typeof known.wanted === 'function' ? !known.wanted(labels) : !known.wanted) return;
    const rest = text.slice(read.end);
    const [, written = '', timestamp] = valueAndTime.exec(rest) ?? [];
    if (!number.test(written) && !noNumber.test(written)) {
      throw new FieldProblem('value', 'number', rest.trim());
    }
    known.counter ??= isCounter(name, this.#types);
    // One that is not finite counts as not told, but also as newer than those before.
    const value = noNumber.test(written) ? Number.NaN : Number(written);
    this.#keep({ name, labels, value, counter: known.counter }, Number(timestamp), text);
  }

  #keep(sample: ExpositionSample, time: number, text: string): void {
    const key = seriesKey(sample.name, sample.labels);
    const before = this.#series.get(key);
    if (!before && this.#samples.length === maxSeries) {
      this.#left++;
    } else if (!before) {
      this.#series.set(key, { sample, time });
      this.#samples.push(sample);
    } else if (Number.isNaN(time) || Number.isNaN(before.time) || time === before.time) {
      throw new Problem('twice', { series: text.slice(0, 200) });
    } else if (time > before.time) {
      before.time = time;
      before.sample.value = sample.value;
    }
  }

  #name(name: string) {
    let known = this.#names.get(name);
    if (!known) this.#names.set(name, (known = { wanted: this.#wanted(name) }));
    return known;
  }
}

// Also the metric's name, where it stands among them.
function readLabels(
  text: string,
  from: number,
  labels: Record<string, string>,
): { end: number; name?: string } {
  let at = /^[ \t]*\{/.exec(text.slice(from, from + 20))?.[0].length ?? 0;
  if (at === 0) return { end: from };
  at += from;
  let metric: string | undefined;
  for (;;) {
    labelsEnd.lastIndex = label.lastIndex = at;
    if (labelsEnd.test(text)) break;
    const [whole, plain, quoted, value] = label.exec(text) ?? [];
    const name = plain ?? (quoted === undefined ? undefined : unescape(quoted));
    const isMetric = value === undefined && quoted !== undefined && metric === undefined;
    if (isMetric) {
      metric = toName(name!);
    } else {
      const key = plain ?? toLabel(name ?? '');
      if (!whole || value === undefined || key === '__proto__' || Object.hasOwn(labels, key)) {
        throw new FieldProblem('labels', 'metricLabels', text.slice(at));
      }
      if (value !== '') labels[key] = unescape(value);
    }
    at = label.lastIndex;
  }
  return { end: labelsEnd.lastIndex, ...(metric !== undefined && { name: metric }) };
}

// Names of Prometheus 3 may be of any characters.
function toName(name: string): string {
  return toMetricName(name);
}

function toLabel(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/gu, '_').replace(/^(?=\d|$)/, '_');
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
    if (type !== undefined && type !== 'untyped' && type !== 'unknown') {
      return growing[type]?.includes(suffix) ?? false;
    }
  }
  return part === 'total';
}

function partsOf(name: string): [family: string, part: string] {
  const at = name.lastIndexOf('_');
  return [name.slice(0, at), name.slice(at + 1)];
}
