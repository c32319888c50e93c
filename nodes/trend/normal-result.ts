import type { Reading } from '../contract/reading.ts';
import { rounded, toSixDigits } from '../contract/round.ts';
import type { ResultOf } from '../shared/history/analyses/index.ts';
import type { NormalRequest } from '../shared/history/analyses/normal.ts';
import { readLength } from '../shared/history/request.ts';
import type { Asked } from './asked.ts';
import { usualDays } from './config.ts';
import { columnsOf, labelsOf } from './of-series.ts';
import type { Result, Row } from './result.ts';

const day = 86_400_000;

/** What to ask of a history to tell what is normal. */
export function normalRequest({ settings, at }: Asked): NormalRequest {
  const { metrics, labels, timeZone, tolerance, back, limit } = settings;
  const from = at - (readLength(back) ?? usualDays.normal * day);
  return { metrics, labels, timeZone, tolerance, from, to: at, maxSeries: limit };
}

/** What is normal, as readings, curves and rows. @param time of the readings, ms since the Unix epoch */
export function normalResult({ series, omitted }: ResultOf<'normal'>, time: number): Result {
  const readings: Reading[] = [];
  const rows: Row[] = [];
  for (const { metric, labels, unit, latest, low, high, deviation } of series) {
    const own = labelsOf(metric, labels);
    const add = (name: string, value: number | undefined, of: string) => {
      if (value === undefined) return;
      readings.push({ metric: name, value: rounded(value, of), unit: of, time, labels: own });
    };
    add('normal_low', low, unit);
    add('normal_high', high, unit);
    add('deviation', deviation === undefined ? undefined : toSixDigits(deviation), '1');
    const figures: Row = {
      ...{ metric, value: shown(latest, unit), low: shown(low, unit), high: shown(high, unit) },
      ...{ unit, deviation: deviation === undefined ? null : rounded(deviation, 'ms') },
    };
    rows.push({ ...columnsOf(labels, figures), ...figures });
  }
  // Whatever is most unusual comes first.
  rows.sort((a, b) => Math.abs(Number(b.deviation)) - Math.abs(Number(a.deviation)));
  const curves = series.flatMap(({ metric, labels, unit, curve }) => {
    if (!curve) return [];
    const round = (column: (number | null)[]) => column.map((value) => shown(value, unit));
    const { times, value, low, high } = curve;
    const values = { value: round(value), low: round(low), high: round(high) };
    return [{ metric, labels, unit, times, values }];
  });
  return { readings, curves, rows, series: series.length, omitted };
}

function shown(value: number | null | undefined, unit: string): number | null {
  return value === undefined || value === null ? null : rounded(value, unit);
}
