import { seriesKey } from '../../../contract/reading.ts';
import { deviationOf, normalRange } from '../../series/normal-range.ts';
import { stepEdges } from '../calendar.ts';
import { eachSeries, type Work } from './analysis.ts';
import { hoursOfWeekOf } from './hours-of-week.ts';

const minute = 60_000;
const hour = 60 * minute;
/** ms after which a value is not the latest any more */
const latestMs = 15 * minute;
/** hours of a curve before and after now */
const before = 7 * 24;
const after = 24;

/** What is to be known of series: what is usual for them. */
export interface NormalRequest {
  metrics: string;
  labels: string;
  /** the span that is learned from, in ms since the Unix epoch */
  from: number;
  to: number;
  timeZone: string;
  /** how many times the usual difference between weeks is usual too */
  tolerance: number;
  maxSeries: number;
}

/** What is usual for a series now, and how its latest value stands to it. */
interface Normal {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  /** undefined where there is none of the last 15 minutes */
  latest: number | undefined;
  /** undefined where less than a day is known */
  low: number | undefined;
  high: number | undefined;
  deviation: number | undefined;
  /** of a week before and a day after, by the hour; null where nothing is known */
  curve: { times: number[]; value: (number | null)[]; low: number[]; high: number[] } | undefined;
}

export interface Normals {
  series: Normal[];
  /** how many series were left out for the limit */
  omitted: number;
}

/** Tells what is usual for series at this hour of the week. */
export function* normal(request: NormalRequest): Work<Normals> {
  const { metrics, labels, from, to, timeZone, tolerance, maxSeries } = request;
  const latest = yield* latestOf(request);
  // The hour that is under way is not learned from.
  const edges = stepEdges(from, Math.floor(to / hour) * hour, hour, timeZone);
  const times = edges.slice(0, -1);
  const places = hoursOfWeekOf(times, timeZone);
  const ahead = Float64Array.from({ length: after }, (_, i) => edges.at(-1)! + i * hour);
  const shown = Float64Array.of(...times.subarray(-before), ...ahead);
  const shownPlaces = hoursOfWeekOf(shown, timeZone);
  const [now] = hoursOfWeekOf(Float64Array.of(to), timeZone);
  const series: Normal[] = [];
  const query = { metrics, labels, from, to, edges, maxSeries };
  const aggregations = ['average', 'min', 'max'] as const;
  const { omitted } = yield* eachSeries({ ...query, aggregations }, (one) => {
    const { metric, labels: own, unit, columns } = one;
    const [means, lowest, highest] = [columns.average!, columns.min!, columns.max!];
    const range = normalRange({ means, lowest, highest, places }, tolerance);
    const value = latest.get(seriesKey(metric, own));
    if (!range) {
      const nothing = { low: undefined, high: undefined, deviation: undefined, curve: undefined };
      series.push({ metric, labels: own, unit, latest: value, ...nothing });
      return;
    }
    const most = unit === '%' && highest.every((each) => !(each > 100)) ? 100 : Infinity;
    const highAt = (place: number) => Math.min(most, range.high[place]!);
    const [low, high] = [range.low[now!]!, highAt(now!)];
    series.push({
      ...{ metric, labels: own, unit, latest: value, low, high },
      deviation: value === undefined ? undefined : deviationOf(value, low, high),
      curve: {
        times: Array.from(shown),
        value: Array.from(shown, (_, i) => {
          const mean = means[means.length - (shown.length - after) + i];
          return mean === undefined || Number.isNaN(mean) ? null : mean;
        }),
        low: Array.from(shownPlaces, (place) => range.low[place]!),
        high: Array.from(shownPlaces, highAt),
      },
    });
  });
  return { series, omitted };
}

function* latestOf(request: NormalRequest): Work<Map<string, number>> {
  const { metrics, labels, to, maxSeries } = request;
  const found = new Map<string, number>();
  const edges = Float64Array.of(to - latestMs, to);
  const query = { metrics, labels, from: to - latestMs, to, edges, maxSeries };
  yield* eachSeries({ ...query, aggregations: ['last'] }, ({ metric, labels: own, columns }) => {
    found.set(seriesKey(metric, own), columns.last![0]!);
  });
  return found;
}
