import { seriesKey } from '../../../contract/reading.ts';
import { paces, type Trend, trendOf, type UntilLimit, untilLimit } from '../../series/forecast.ts';
import { stepEdges } from '../calendar.ts';
import type { Answered } from '../store/query.ts';
import { ask, eachSeries, type Work } from './analysis.ts';
import { type Curve, curveOf } from './curve.ts';
import { daysOf, hoursOfWeekOf } from './hours-of-week.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Which series are to be looked at, and against what. */
export interface ForecastRequest {
  metrics: string;
  labels: string;
  /** the span that is learned from, in ms since the Unix epoch */
  from: number;
  to: number;
  timeZone: string;
  /** hourly means, or the hourly mean that was the largest of each day */
  basis: 'mean' | 'peak';
  /** undefined for 100 %, or the speed of the interface */
  limit: { value: number; unit: string | undefined } | undefined;
  /** where the limit is */
  direction: 'above' | 'below';
  maxSeries: number;
}

/** What a series is likely to do. Times are in s from the end of the span. */
interface Forecast {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info: Record<string, string> | undefined;
  latest: number;
  /** in the unit of the series; undefined where there is none */
  limit: number | undefined;
  until: UntilLimit | { answer: 'unlimited' };
  /** how much it grows a day; undefined where there is no line */
  perDay: number | undefined;
  curve: Curve | undefined;
}

export interface Forecasts {
  series: Forecast[];
  /** how many series were left out for the limit */
  omitted: number;
}

/** Tells of series when they reach a limit. */
export function* forecast(request: ForecastRequest): Work<Forecasts> {
  const { metrics, labels, from, to, timeZone, maxSeries } = request;
  const edges = stepEdges(from, to, hour, timeZone);
  const times = edges.slice(0, -1);
  const hours = hoursOfWeekOf(times, timeZone);
  const days = request.basis === 'peak' ? daysOf(times, timeZone) : undefined;
  const speeds = request.limit ? new Map<string, number>() : yield* speedsOf(request);
  const series: Forecast[] = [];
  const query = { metrics, labels, from, to, edges, maxSeries, aggregations: ['average'] as const };
  const { omitted } = yield* eachSeries(query, (one) => {
    const means = one.columns.average!;
    const latest = means.findLast((value) => !Number.isNaN(value));
    if (latest === undefined) return;
    const base = days
      ? dailyPeaks(means, times, days, hours)
      : { values: means, hours, end: edges.at(-1)! };
    const limit = limitOf(one, request, speeds);
    series.push(forecastOf(one, { ...base, latest, limit }, request));
  });
  return { series, omitted };
}

/** What a line is made of. */
interface Base {
  values: Float64Array;
  /** of the week, of each value */
  hours: Uint8Array;
  /** when the last one ended, in ms since the Unix epoch */
  end: number;
}

function forecastOf(
  { metric, labels, unit, info }: Answered,
  base: Base & { latest: number; limit: number | undefined },
  { basis, direction, to }: ForecastRequest,
): Forecast {
  const { values, hours, end, latest, limit } = base;
  const pace = basis === 'peak' ? paces.daily : paces.hourly;
  const step = day / pace.perDay;
  const trend = trendOf(values, hours, pace);
  const sign = direction === 'above' ? 1 : -1;
  return {
    ...{ metric, labels, unit, info, latest, limit },
    until: untilOf(trend, latest, limit, sign, (steps) => (end + steps * step - to) / 1000),
    perDay: trend && trend.slope * pace.perDay,
    curve: trend && curveOf(trend, values, { step, end, ahead: values.length / 2 }),
  };
}

function untilOf(
  trend: Trend | undefined,
  latest: number,
  limit: number | undefined,
  sign: 1 | -1,
  seconds: (steps: number) => number,
): Forecast['until'] {
  if (limit === undefined) return { answer: 'unlimited' };
  if ((limit - latest) * sign <= 0) return { answer: 'passed' };
  if (!trend) return { answer: 'little' };
  const until = untilLimit(trend, latest, limit, sign);
  if (until.answer === 'trend') {
    const { at, low, high, soonest } = until;
    return {
      ...{ answer: 'trend', at: seconds(at), low: seconds(low) },
      ...{ high: seconds(high), soonest: seconds(soonest) },
    };
  }
  if (!('low' in until)) return until;
  return { ...until, low: until.low === undefined ? undefined : seconds(until.low) };
}

// The largest mean of an hour of each day that is over, and the hour of the week in which it begins.
function dailyPeaks(
  means: Float64Array,
  times: Float64Array,
  days: Float64Array,
  hours: Uint8Array,
): Base {
  const first = days[0]!;
  const length = Math.max(0, days.at(-1)! - first);
  const values = new Float64Array(length).fill(Number.NaN);
  const beginnings = new Uint8Array(length);
  for (const [i, mean] of means.entries()) {
    const place = days[i]! - first;
    if (place >= length) break;
    beginnings[place] = Math.floor(hours[i]! / 24) * 24;
    if (!Number.isNaN(mean) && !(values[place]! >= mean)) values[place] = mean;
  }
  return { values, hours: beginnings, end: times[days.indexOf(days.at(-1)!)]! };
}

function limitOf(
  { unit, labels }: Answered,
  { limit }: ForecastRequest,
  speeds: ReadonlyMap<string, number>,
): number | undefined {
  if (limit) return limit.unit === undefined || limit.unit === unit ? limit.value : undefined;
  if (unit === '%') return 100;
  return unit === 'bit/s' ? speeds.get(seriesKey('', labels)) : undefined;
}

// How fast interfaces are that have a speed above 0, by their labels.
function* speedsOf({ labels, from, to }: ForecastRequest): Work<Map<string, number>> {
  const speeds = new Map<string, number>();
  const query = {
    metrics: 'interface_speed',
    labels,
    from,
    to,
    limit: Infinity,
    maxSeries: 10_000,
  };
  const edges = Float64Array.of(from, to);
  const answer = yield* ask({ ...query, edges, aggregations: ['last'] });
  for (const { labels: own, columns } of answer.series) {
    const speed = columns.last![0]!;
    if (speed > 0) speeds.set(seriesKey('', own), speed);
  }
  return speeds;
}
