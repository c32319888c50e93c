import type { HistoryAnswer } from '../shared/history/answers.ts';
import type { Slice } from '../shared/history/availability.ts';
import type { Availability } from '../shared/history/read-availability.ts';
import type { HistoryRequest } from '../shared/history/request.ts';
import type { Output } from './config.ts';

/** What the dialog asks the runtime for. */
export interface PreviewRequest {
  output: Output;
  /** id of the history database */
  database: string;
  request: HistoryRequest;
}

/** A line of the dialog's small chart; null where nothing is known. */
export interface PreviewLine {
  legend: string;
  unit: string;
  times: number[];
  values: (number | null)[];
}

export interface ChartPreview {
  /** ms since the Unix epoch */
  from: number;
  to: number;
  lines: PreviewLine[];
  /** series that the answer has beside */
  more: number;
}

/** A row of the dialog's table of availability: percent up, or null where nothing is known. */
export interface PreviewRow {
  name: string;
  up24h: number | null;
  up30d: number | null;
  bar: Slice[];
}

export interface TablePreview {
  rows: PreviewRow[];
  /** rows that the answer has beside */
  more: number;
}

/** What a request would read, for the dialog. */
export type Preview = ChartPreview | TablePreview;

/** lines of the small chart, and rows of the small table */
const mostLines = 8;
/** points of a line in it */
const mostPoints = 600;

/** The lines of a small chart, with what tells the series apart as their legends. */
export function previewOf(
  { from, to }: { from: number; to: number },
  { series, omitted }: HistoryAnswer,
): ChartPreview {
  const shown = series.slice(0, mostLines);
  const names = [...new Set(shown.flatMap(({ labels }) => Object.keys(labels)))];
  const varied = names.filter((name) => new Set(shown.map(({ labels }) => labels[name])).size > 1);
  const metrics = new Set(shown.map(({ metric }) => metric));
  const lines = shown.map(({ metric, labels, unit, times, values }) => {
    const parts = varied.flatMap((name) => labels[name] ?? []);
    if (metrics.size > 1 || parts.length === 0) parts.push(metric);
    // The newest points are those that matter where there are too many.
    const start = Math.max(0, times.length - mostPoints);
    const [column = []] = Object.values(values);
    return {
      legend: parts.join(' '),
      unit,
      times: times.slice(start),
      values: column.slice(start),
    };
  });
  return { from, to, lines, more: series.length - shown.length + omitted };
}

/** The rows of a small table, each named by its device and what else tells it apart. */
export function tableOf({
  rows,
  omitted,
}: {
  rows: Availability[];
  omitted: number;
}): TablePreview {
  const shown = rows.slice(0, mostLines).map(({ device, up24h, up30d, bar, ...others }) => {
    // Labels are texts, and figures are not.
    const names = [device, ...Object.values(others)].filter((one) => typeof one === 'string');
    return { name: names.join(' '), up24h, up30d, bar };
  });
  return { rows: shown, more: rows.length - shown.length + omitted };
}
