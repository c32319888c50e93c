import type { Reading } from '../../contract/reading.ts';
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
  const series = now.series.map((one) => plain(one, 0));
  if (!before) return { series, omitted: now.omitted };
  const then = await history.read(before.query, signal);
  for (const one of then.series)
    series.push(plain({ ...one, labels: { ...one.labels, compared } }, before.by));
  return { series, omitted: now.omitted + then.omitted };
}

function plain(
  { metric, labels, unit, info, times, columns }: Answered,
  by: number,
): HistorySeries {
  return {
    ...{ metric, labels, unit },
    ...(info && { info }),
    times: Array.from(times, (time) => time + by),
    values: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        name,
        Array.from(column, (value) => (Number.isNaN(value) ? null : value)),
      ]),
    ),
  };
}

/** The points of series as readings. Where there are several aggregations, a label tells which. */
export function toReadings(series: readonly HistorySeries[]): Reading[] {
  const readings: Reading[] = [];
  for (const { metric, labels, unit, info, times, values } of series) {
    const columns = Object.entries(values);
    for (const [aggregation, column] of columns) {
      const own = columns.length > 1 ? { ...labels, aggregation } : labels;
      for (const [i, value] of column.entries())
        if (value !== null)
          readings.push({
            ...{ metric, value, unit: unitOf(aggregation, unit), time: times[i]!, labels: own },
            ...(info && { info }),
          });
    }
  }
  return readings;
}

/** One row for each point, as tables and CSV files have them. */
export type Row = Record<string, string | number | null>;

/** The points of series as rows: time, metric, a column for each label, and the values. */
export function toRows(series: readonly HistorySeries[]): Row[] {
  return series.flatMap(({ metric, labels, unit, times, values }) => {
    const columns = Object.entries(values);
    return times.flatMap((time, i) => {
      const own = columns.map(([name, column]) => [name, column[i]!] as const);
      if (own.every(([, value]) => value === null)) return [];
      const shown = columns.length === 1 ? [['value', own[0]![1]]] : own;
      return [{ time, metric, ...labels, ...Object.fromEntries(shown), unit } as Row];
    });
  });
}

/** Rows as CSV (RFC 4180), with a column for whatever any of them has. */
export function toCsv(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => names.map((name) => cell(row[name] ?? '')).join(','));
  return [names.map(cell).join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function cell(value: string | number): string {
  const text = String(value);
  // A spreadsheet takes a text that begins so for a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function unitOf(aggregation: string, unit: string): string {
  if (aggregation === 'count') return '1';
  if (aggregation === 'rate') return unit === '1' ? '1/s' : `${unit}/s`;
  return unit;
}
