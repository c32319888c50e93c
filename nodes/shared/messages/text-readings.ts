import type { Reading } from '../../contract/reading.ts';
import { type CsvRow, csvRows } from '../csv.ts';
import { FieldProblem, isProblem, Problem } from '../problem.ts';
import { type ReadReadings, toReading } from './read-readings.ts';

/** columns of a CSV text that are no labels */
const own: ReadonlySet<string> = new Set(['time', 'metric', 'value', 'unit']);

export type TextKind = 'json' | 'csv';

/** An exported text, or lines of one. */
export interface ReadingsText {
  text: string;
  kind: TextKind;
  /** the number of its first line */
  line: number;
}

/** What a line held: a reading, or why it holds none. */
export type ReadLine = { line: number } & (
  { reading: Reading; problem?: undefined } | { reading?: undefined; problem: Error }
);

/** What a text is: JSON lines, or CSV with a line of names. Undefined where it is neither. */
export function kindOfText(text: string): TextKind | undefined {
  const line = firstLine(text);
  if (/^\uFEFF?\{/.test(line)) return 'json';
  return /(^|[,;\t\uFEFF])"?metric"?([,;\t]|$)/.test(line) ? 'csv' : undefined;
}

/**
 * The readings of a text: JSON lines, a reading each, or CSV with the columns `metric` and `value`, `time` (ms since
 * the Unix epoch, or ISO 8601) and `unit` where they are known, and one for each label. A bad line becomes a problem
 * with its number; the others are kept. Yields after each line.
 * @param now ms since the Unix epoch: the time of readings that carry none
 */
export function* textReadings(
  { text, kind }: Pick<ReadingsText, 'text' | 'kind'>,
  now: number,
): Generator<void, ReadReadings> {
  const result: ReadReadings = { readings: [], problems: [] };
  try {
    for (const { reading, problem } of readLines({ text, kind, line: 1 }, now)) {
      if (reading) result.readings.push(reading);
      else result.problems.push(problem);
      yield;
    }
  } catch (error) {
    if (!isProblem(error)) throw error;
    result.problems.push(error);
  }
  return result;
}

/**
 * Reads the lines of a text one by one. Throws a Problem at a quote that is not closed: after that nobody knows where
 * lines begin.
 * @param now ms since the Unix epoch: the time of readings that carry none
 */
export function* readLines(
  { text, kind, line }: ReadingsText,
  now: number,
): Generator<ReadLine, void> {
  const lines = kind === 'json' ? jsonLines(text, line) : csvLines(text, line);
  for (const { line: number, read } of lines) {
    try {
      yield { line: number, reading: toReading('reading', read(), now) };
    } catch (cause) {
      yield { line: number, problem: new Problem('line', { line: number }, { cause }) };
    }
  }
}

interface Line {
  /** from 1 on */
  line: number;
  read: () => unknown;
}

function firstLine(text: string): string {
  return text.slice(0, 10_000).trimStart().split(/\r?\n/, 1)[0]!;
}

function* jsonLines(text: string, first: number): Generator<Line, void> {
  let line = first - 1;
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const one = text.slice(at, end < 0 ? undefined : end).trim();
    at = end < 0 ? text.length : end + 1;
    line++;
    if (one !== '') yield { line, read: () => parsed(one) };
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new FieldProblem('reading', 'json', line, { reason: (cause as Error).message });
  }
}

function* csvLines(text: string, first: number): Generator<Line, void> {
  let names: string[] | undefined;
  for (const row of csvRows(text, first)) {
    const known = names;
    if (known) yield { line: row.line, read: () => csvReading(known, row) };
    else names = row.cells.map((name) => name.trim());
  }
}

function csvReading(names: readonly string[], { cells }: CsvRow): Partial<Reading> {
  if (cells.length > names.length) {
    throw new FieldProblem('cells', 'cells', cells.length, { max: names.length });
  }
  const row = new Map(names.map((name, i) => [name, cells[i] ?? '']));
  const time = row.get('time') ?? '';
  const unit = row.get('unit') ?? '';
  const labels = [...row].filter(([name, cell]) => !own.has(name) && cell !== '');
  return {
    metric: row.get('metric') ?? '',
    // A bad number is left as it is: its check shows it.
    value: (row.get('value') ?? '') as unknown as number,
    ...(time !== '' && { time: timeOf(time) }),
    ...(unit !== '' && { unit }),
    labels: Object.fromEntries(
      labels.map(([name, cell]) => [name.replace(/^label_/, ''), plain(cell)]),
    ),
  };
}

function timeOf(text: string): number {
  const time = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(time) ? (text as unknown as number) : time;
}

// An export has a ' before what a spreadsheet takes for a formula.
function plain(cell: string): string {
  return /^'[=+\-@\t]/.test(cell) ? cell.slice(1) : cell;
}
