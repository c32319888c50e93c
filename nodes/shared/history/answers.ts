import type { Reading } from '../../contract/reading.ts';
import { rounded } from '../../contract/round.ts';
import { inSlices } from '../in-slices.ts';
import { aggregations } from './aggregation.ts';
import type { History } from './history.ts';
import type { ReadRequest } from './request.ts';
import type { Answered } from './store/query.ts';

/** A series of history for people and programs: times in ms since the Unix epoch, null where is nothing. */
export interface HistorySeries {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info?: Record<string, string>;
  times: number[];
  /** by the names of the aggregations, or `value` for readings as they came */
  values: Record<string, (number | null)[]>;
}

export interface HistoryAnswer {
  series: HistorySeries[];
  /** series that the answer leaves out for its limit */
  omitted: number;
}

/** Reads what was asked for; what is compared with has the label `compared`. Rejects as `History.read`. */
export async function readHistory(
  history: Pick<History, 'read'>,
  { query, before }: ReadRequest,
  compared: string,
  signal?: AbortSignal,
): Promise<HistoryAnswer> {
  const now = await history.read(query, signal);
  const series = await inSlices(allPlain(now.series, 0), { ...(signal && { signal }) });
  if (!before) return { series, omitted: now.omitted };
  const then = await history.read(before.query, signal);
  const earlier = then.series.map((one) => ({ ...one, labels: { ...one.labels, compared } }));
  series.push(...(await inSlices(allPlain(earlier, before.by), { ...(signal && { signal }) })));
  return { series, omitted: now.omitted + then.omitted };
}

// An answer may be large: it yields after each series, as all that works on one here does.
function* allPlain(
  series: readonly Answered[],
  by: number,
  round = rounded,
): Generator<void, HistorySeries[]> {
  const all: HistorySeries[] = [];
  for (const one of series) {
    all.push(plain(one, by, round));
    yield;
  }
  return all;
}

/** Series with each value as it is kept, to be imported again. Yields after each. */
export function asKept(series: readonly Answered[]): Generator<void, HistorySeries[]> {
  return allPlain(series, 0, (value) => value);
}

function plain(
  { metric, labels, unit, info, times, columns }: Answered,
  by: number,
  round: typeof rounded,
): HistorySeries {
  return {
    ...{ metric, labels, unit },
    ...(info && { info }),
    times: Array.from(times, (time) => time + by),
    values: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => {
        const own = unitOf(name, unit);
        return [
          name,
          Array.from(column, (value) => (Number.isNaN(value) ? null : round(value, own))),
        ];
      }),
    ),
  };
}

/** The points of series as readings. Where there are several aggregations, a label tells which. */
export function* toReadings(series: readonly HistorySeries[]): Generator<void, Reading[]> {
  const readings: Reading[] = [];
  for (const { metric, labels, unit, info, times, values } of series) {
    const columns = Object.entries(values);
    for (const [aggregation, column] of columns) {
      const own = columns.length > 1 ? { ...labels, aggregation } : labels;
      for (const [i, value] of column.entries()) {
        if (value !== null) {
          readings.push({
            ...{ metric, value, unit: unitOf(aggregation, unit), time: times[i]!, labels: own },
            ...(info && { info }),
          });
        }
      }
      yield;
    }
  }
  return readings;
}

/** lines in one piece of a text */
const linesInPiece = 500;

/** The points of series as JSON lines, a reading each, in pieces. */
export function* toJsonLines(series: readonly HistorySeries[]): Generator<string, void> {
  for (const one of series) {
    const readings = toReadings([one]);
    let step = readings.next();
    while (!step.done) step = readings.next();
    for (let i = 0; i < step.value.length; i += linesInPiece) {
      yield step.value
        .slice(i, i + linesInPiece)
        .map((reading) => `${JSON.stringify(reading)}\n`)
        .join('');
    }
  }
}

/** One row for each point, as tables and CSV files have them. */
export type Row = Record<string, string | number | null>;

/** The points of series as rows: time, metric, a column for each label, and the values. */
export function* toRows(series: readonly HistorySeries[]): Generator<void, Row[]> {
  const rows: Row[] = [];
  for (const one of series) {
    rows.push(...rowsOf(one));
    yield;
  }
  return rows;
}

function* rowsOf({ metric, labels, unit, times, values }: HistorySeries): Generator<Row, void> {
  const columns = Object.entries(values);
  const alone = columns.length === 1;
  for (const [i, time] of times.entries()) {
    const row: Row = { time, metric };
    for (const name in labels) row[labelColumn(name)] = labels[name]!;
    let isEmpty = true;
    for (const [name, column] of columns) {
      const value = column[i]!;
      row[alone ? 'value' : name] = value;
      isEmpty &&= value === null;
    }
    if (!isEmpty) yield { ...row, unit };
  }
}

const ownColumns: ReadonlySet<string> = new Set([
  ...['time', 'metric', 'value', 'unit'],
  ...aggregations,
]);

// A label may have any name, that of a column of Netmon's too.
function labelColumn(name: string): string {
  return ownColumns.has(name) ? `label_${name}` : name;
}

/** The points of series as CSV (RFC 4180), in pieces, with a column for each label that any of them has. */
export function* toCsv(series: readonly HistorySeries[]): Generator<string, void> {
  const labels = series.flatMap((one) => Object.keys(one.labels).map(labelColumn));
  const values = series.flatMap((one) => columnsOf(one));
  const names = [...new Set(['time', 'metric', ...labels, ...values, 'unit'])];
  yield csvHeader(names);
  yield* csvLines(series, names);
}

/** The names of the columns of readings as they came, of series with these labels. */
export function csvNames(labels: readonly string[]): string[] {
  return ['time', 'metric', ...labels.map(labelColumn), 'value', 'unit'];
}

/** The first line of a CSV text. */
export function csvHeader(names: readonly string[]): string {
  return csvText([names.map(cell)]);
}

/** The other lines: the points of series in columns of these names, in pieces. */
export function* csvLines(
  series: readonly HistorySeries[],
  names: readonly string[],
): Generator<string, void> {
  let lines: string[][] = [];
  for (const one of series) {
    for (const row of rowsOf(one)) {
      lines.push(names.map((name) => cell(row[name] ?? '')));
      if (lines.length < linesInPiece) continue;
      yield csvText(lines);
      lines = [];
    }
  }
  yield csvText(lines);
}

function columnsOf({ values }: HistorySeries): string[] {
  const names = Object.keys(values);
  return names.length === 1 ? ['value'] : names;
}

function csvText(lines: readonly string[][]): string {
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  const text = String(value);
  // A spreadsheet takes a text that begins so for a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function unitOf(aggregation: string, unit: string): string {
  if (aggregation === 'count') return '1';
  if (aggregation === 'rate') return unit === '1' ? '1/s' : `${unit}/s`;
  return unit;
}
