import { Chart, type ChartMessage } from '../../nodes/chart-data/chart.ts';
import { type ChartDataSettings, checkSettings } from '../../nodes/chart-data/config.ts';
import type { Series } from '../../nodes/chart-data/series-store.ts';
import { Words } from '../../nodes/chart-data/words.ts';
import { metricUnit } from '../../nodes/contract/metrics.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import { catalogue } from '../support/catalogue.ts';

/** The time of {@link reading}s unless told. */
export const noon = Date.UTC(2026, 10, 22, 12);

/** The English catalogue. */
export const words = new Words(catalogue('en-US', 'chart-data'));

export function reading(
  metric: string,
  labels: Record<string, string>,
  value: number,
  time = noon,
): Reading {
  return { metric, value, unit: metricUnit(metric), time, labels };
}

export function series(metric: string, labels: Record<string, string>, value: number): Series {
  return { ...reading(metric, labels, value), info: {}, seenAt: noon, points: [] };
}

/** What a chart with these settings sends for readings that arrive at noon. */
export function shown(settings: Partial<ChartDataSettings>, readings: Reading[]): ChartMessage {
  const chart = new Chart(checkSettings(settings), words);
  chart.take(readings, noon);
  return chart.show(noon).message;
}
