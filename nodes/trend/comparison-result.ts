import type { Reading } from '../contract/reading.ts';
import { rounded } from '../contract/round.ts';
import type { CompareRequest } from '../shared/history/analyses/compare.ts';
import type { ResultOf } from '../shared/history/analyses/index.ts';
import { addDays, beginOf } from '../shared/history/calendar.ts';
import { requestChecks } from '../shared/history/request.ts';
import { changeOf } from '../shared/series/usage.ts';
import type { Asked } from './asked.ts';
import { columnsOf, labelsOf } from './of-series.ts';
import type { Result, Row } from './result.ts';

const step = 5 * 60_000;
const days = { day: 1, week: 7, month: 30 };

/** What to ask of a history to compare two periods. */
export function comparisonRequest({ settings, at }: Asked): CompareRequest {
  const { metrics, labels, period, spans, timeZone, groupBy, across, limit } = settings;
  const by = requestChecks.groupBy(groupBy);
  const begins =
    spans === 'full' ? fullSpans(period, at, timeZone) : runningSpans(days[period], at, timeZone);
  const [first, second, end] = begins as [number, number, number];
  return {
    ...{ metrics, labels, maxSeries: limit },
    ...{ now: { from: second, to: end }, before: { from: first, to: second } },
    ...(by && { group: { by, across } }),
  };
}

// The begins of the last two that are over, and the end of the last.
function fullSpans(period: 'day' | 'week' | 'month', at: number, zone: string): number[] {
  const end = beginOf(period, at, zone);
  // A ms before its begin is another one; whatever its length.
  const second = beginOf(period, end - 1, zone);
  return [beginOf(period, second - 1, zone), second, end];
}

// By a clock on the wall: a day may have 23 hours.
function runningSpans(length: number, at: number, zone: string): number[] {
  const end = Math.floor(at / step) * step;
  return [2, 1, 0].map((times) => addDays(end, -times * length, zone));
}

/** The comparison: rows, curves of both periods one upon the other, and the change of each mean as readings. */
export function comparisonResult(
  { series, omitted, times }: ResultOf<'compare'>,
  time: number,
): Result {
  const size = ({ now, before }: (typeof series)[number]) => now?.mean ?? before?.mean ?? 0;
  const ordered = [...series].sort((a, b) => size(b) - size(a));
  const readings: Reading[] = [];
  const rows: Row[] = [];
  for (const { metric, labels, unit, now, before } of ordered) {
    const figures: Row = { metric, unit };
    for (const name of ['mean', 'peak', 'percentile95'] as const) {
      const [after, earlier] = [now?.[name], before?.[name]];
      const change =
        after === undefined || earlier === undefined ? undefined : changeOf(after, earlier);
      figures[name] = after === undefined ? null : rounded(after, unit);
      figures[`${name}Before`] = earlier === undefined ? null : rounded(earlier, unit);
      figures[`${name}Change`] = change === undefined ? null : rounded(change, '%');
      if (name !== 'mean' || change === undefined) continue;
      readings.push({
        ...{ metric: 'change', value: rounded(change, '%'), unit: '%', time },
        labels: labelsOf(metric, labels),
      });
    }
    rows.push({ ...columnsOf(labels, figures), ...figures });
  }
  const curves = ordered.map(({ metric, labels, unit, now, before }) => {
    const column = (values: (number | null)[] = []) =>
      times.map((_, i) => (values[i] == null ? null : rounded(values[i], unit)));
    const values = { now: column(now?.curve), before: column(before?.curve) };
    return { metric, labels, unit, times, values };
  });
  return { readings, curves, rows, series: series.length, omitted };
}
