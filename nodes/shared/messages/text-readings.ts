import type { Reading } from '../../contract/reading.ts';
import { type CsvRow, csvRows } from '../csv.ts';
import { FieldProblem, isProblem, Problem } from '../problem.ts';
import { type ReadReadings, toReading } from './read-readings.ts';

/** columns of a CSV text that are no labels */
const own: ReadonlySet<string> = new Set(['time', 'metric', 'value', 'unit']);

/** Whether a payload is an exported text: JSON lines, or CSV with a line of names. */
export function isReadingsText(payload: unknown): payload is string {
  if (typeof payload !== 'string') return false;
  return isJson(payload) || /(^|[,;\t\uFEFF])"?metric"?([,;\t]|$)/.test(firstLine(payload));
}

/**
 * The readings of a text: JSON lines, a reading each, or CSV with the columns `metric` and `value`, `time` (ms since
 * the Unix epoch, or ISO 8601) and `unit` where they are known, and one for each label. A bad line becomes a problem
 * with its number; the others are kept. Yields after each line.
 * @param now ms since the Unix epoch: the time of readings that carry none
 */
export function* textReadings(text: string, now: number): Generator<void, ReadReadings> {
  const result: ReadReadings = { readings: [], problems: [] };
  const lines = isJson(text) ? jsonLines(text) : csvLines(text);
  try {
    for (const { line, read } of lines) {
      try {
        result.readings.push(toReading('reading', read(), now));
      } catch (cause) {
        result.problems.push(new Problem('line', { line }, { cause }));
      }
      yield;
    }
  } catch (error) {
    // After a quote that is not closed nobody knows where lines begin.
    if (!isProblem(error)) throw error;
    result.problems.push(error);
  }
  return result;
}

interface Line {
  /** from 1 on */
  line: number;
  read: () => unknown;
}

function firstLine(text: string): string {
  return text.slice(0, 10_000).trimStart().split(/\r?\n/, 1)[0]!;
}

function isJson(text: string): boolean {
  return /^\uFEFF?\{/.test(firstLine(text));
}

function* jsonLines(text: string): Generator<Line, void> {
  let line = 0;
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

function* csvLines(text: string): Generator<Line, void> {
  let names: string[] | undefined;
  for (const row of csvRows(text)) {
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
