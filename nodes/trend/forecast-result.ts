import type { Reading } from '../contract/reading.ts';
import { rounded, toSixDigits } from '../contract/round.ts';
import { format } from '../contract/units.ts';
import type { ForecastRequest } from '../shared/history/analyses/forecast.ts';
import type { ResultOf } from '../shared/history/analyses/index.ts';
import type { HistorySeries } from '../shared/history/answers.ts';
import { readLength } from '../shared/history/request.ts';
import { type Asked } from './asked.ts';
import { usualDays } from './config.ts';
import { readLimit } from './limit.ts';
import { columnsOf, labelsOf } from './of-series.ts';
import type { Result, Row } from './result.ts';

const day = 86_400_000;
/** s that stand for never, ten years: a reading has to be a number */
const never = 3650 * 86_400;

type Forecast = ResultOf<'forecast'>['series'][number];

/** What to ask of a history to tell when limits are reached. */
export function forecastRequest({ settings, at }: Asked): ForecastRequest {
  const { metrics, labels, timeZone, basis, direction, bound, limit } = settings;
  // Of days there is one value each.
  const usual = usualDays.limit * (basis === 'peak' ? 3 : 1) * day;
  return {
    ...{ metrics, labels, timeZone, basis, direction },
    ...{ from: at - (readLength(settings.back) ?? usual), to: at },
    ...{ limit: readLimit('bound', bound), maxSeries: limit },
  };
}

/** When limits are reached, as readings, curves and rows. @param time of the readings, ms since the Unix epoch */
export function forecastResult({ series, omitted }: ResultOf<'forecast'>, time: number): Result {
  const sorted = [...series].sort((a, b) => soonest(a) - soonest(b));
  return {
    readings: sorted.flatMap((one) => readingOf(one, time) ?? []),
    curves: sorted.flatMap((one) => curveOf(one) ?? []),
    rows: sorted.map(rowOf),
    ...{ series: series.length, omitted },
  };
}

/** s until the limit, for an order: what is not known comes last. */
function soonest({ until }: Forecast): number {
  if (until.answer === 'passed') return 0;
  return until.answer === 'trend' ? until.at : Infinity;
}

/** In s, at most ten years; undefined where nothing can be told. */
function secondsOf({ until }: Forecast): number | undefined {
  switch (until.answer) {
    case 'passed':
      return 0;
    case 'trend':
      return Math.min(never, Math.round(until.at));
    case 'none':
    case 'away':
      return never;
    case 'little':
    case 'unlimited':
      return undefined;
  }
}

function readingOf(one: Forecast, time: number): Reading | undefined {
  const value = secondsOf(one);
  if (value === undefined) return undefined;
  const { metric, labels, unit, until, limit, perDay } = one;
  const info: Record<string, string> = { ...one.info, answer: until.answer };
  if (limit !== undefined) info.limit = format(limit, unit);
  if (perDay !== undefined) info.per_day = `${toSixDigits(perDay)} ${unit}`;
  if ('low' in until && until.low !== undefined) info.low = seconds(until.low);
  if (until.answer === 'trend') {
    info.high = seconds(until.high);
    info.soonest = seconds(until.soonest);
  }
  return {
    ...{ metric: 'time_until_limit', value, unit: 's', time, labels: labelsOf(metric, labels) },
    info,
  };
}

function seconds(value: number): string {
  return String(Math.min(never, Math.round(value)));
}

function curveOf({ metric, labels, unit, curve }: Forecast): HistorySeries | undefined {
  if (!curve) return undefined;
  const round = (column: (number | null)[]) =>
    column.map((value) => (value === null ? null : rounded(value, unit)));
  const { times, value, trend, low, high } = curve;
  return {
    ...{ metric, labels, unit, times },
    values: { value: round(value), trend: round(trend), low: round(low), high: round(high) },
  };
}

function rowOf({ metric, labels, unit, latest, limit, until, perDay }: Forecast): Row {
  const days = (value: number | undefined) =>
    value === undefined || value >= never ? null : Math.round((value / 86_400) * 10) / 10;
  const own: Row = {
    metric,
    value: rounded(latest, unit),
    limit: limit ?? null,
    unit,
    perDay: perDay === undefined ? null : toSixDigits(perDay),
    days: until.answer === 'passed' ? 0 : until.answer === 'trend' ? days(until.at) : null,
    low: 'low' in until ? days(until.low) : null,
    high: until.answer === 'trend' ? days(until.high) : null,
    answer: until.answer,
  };
  return { ...columnsOf(labels, own), ...own };
}
