import { seriesKey } from '../../contract/reading.ts';
import { inSlices } from '../in-slices.ts';
import { type Slot, type SlotColumns, slotsOf, type Span, spansOf } from './availability.ts';
import type { History } from './history.ts';
import type { AskedQuery } from './store/messages.ts';
import type { Answered } from './store/query.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Metrics that are above 0 while what they tell of does not count. */
const notCounted = ['maintenance', 'device_unreachable'] as const;

/** What to read of a history to know how available devices were. */
export interface AskedSlots {
  history: Pick<History, 'read'>;
  labels: string;
  maxSeries: number;
  /** ms since the Unix epoch */
  now: number;
  signal: AbortSignal | undefined;
}

/** When what has these labels was maintained or could not be reached, to 5 minutes in the last week and to hours in the last year. */
export interface Maintenance {
  metric: (typeof notCounted)[number];
  labels: Record<string, string>;
  minutes: Span[];
  hours: Span[];
}

/** What was made of the slots of one series of `device_up`. */
export interface OfSeries<Value> {
  labels: Record<string, string>;
  value: Value;
}

/**
 * What `of` makes of the slots between edges of each series of `device_up` that has the labels, and how many were left
 * out for the limit. No more than the slots of one series are in memory. Rejects as `History.read`.
 */
export async function readSlots<Value>(
  asked: AskedSlots,
  edges: Float64Array,
  maintenance: readonly Maintenance[],
  of: (slots: readonly Slot[]) => Value,
): Promise<{ found: Map<string, OfSeries<Value>>; omitted: number }> {
  const { labels, maxSeries, now } = asked;
  const wanted = (metrics: string, aggregation: 'average' | 'max'): Wanted => ({
    ...{ metrics, labels, maxSeries, aggregations: [aggregation] },
  });
  const up = await read(asked, edges, wanted('device_up', 'average'));
  const degraded = await read(asked, edges, wanted('device_degraded', 'max'));
  const byKey = new Map(degraded.series.map((one) => [keyOf(one), one.columns.max]));
  const resolution = edges[1]! - edges[0]! < hour ? 'minutes' : 'hours';
  const found = new Map<string, OfSeries<Value>>();
  const work = function* (): Generator<void, void> {
    for (const one of up.series) {
      const spans = (metric: string) =>
        maintenance.flatMap((each) =>
          each.metric === metric && isWithin(each.labels, one.labels) ? each[resolution] : [],
        );
      const columns: SlotColumns = {
        ...{ edges, up: one.columns.average!, degraded: byKey.get(keyOf(one)) },
        maintained: spans('maintenance'),
        unreachable: spans('device_unreachable'),
      };
      found.set(keyOf(one), { labels: one.labels, value: of(slotsOf(columns, now)) });
      yield;
    }
  };
  // There may be thousands of devices: others have their turn.
  await inSlices(work(), asked.signal ? { signal: asked.signal } : {});
  return { found, omitted: up.omitted };
}

// What has no labels is for all, what has a site for all devices of it.
function isWithin(few: Record<string, string>, all: Record<string, string>): boolean {
  return Object.entries(few).every(([name, value]) => all[name] === value);
}

/**
 * When there was maintenance, or a device could not be reached. It is told when it begins and ends, which may be long ago: hours tell how it was before
 * the minutes.
 */
export async function readMaintenance(asked: AskedSlots): Promise<Maintenance[]> {
  const all: Maintenance[] = [];
  for (const metric of notCounted) all.push(...(await readSpans(asked, metric)));
  return all;
}

async function readSpans(asked: AskedSlots, metric: Maintenance['metric']): Promise<Maintenance[]> {
  const { now } = asked;
  const wanted: Wanted = {
    ...{ metrics: metric, labels: '', maxSeries: 10_000 },
    aggregations: ['max', 'last'],
  };
  const hours = edgesOf(now - 365 * day, now, hour);
  const minutes = edgesOf(now - 7 * day, now, 5 * minute);
  const early = await read(asked, hours, wanted);
  const late = await read(asked, minutes, wanted);
  const lateOf = new Map(late.series.map((one) => [keyOf(one), one]));
  return early.series.map((one) => {
    const columns = (of: Answered) => ({ max: of.columns.max!, last: of.columns.last! });
    const own = lateOf.get(keyOf(one));
    const before = one.columns.last!.findLast(
      (value, i) => hours[i + 1]! <= minutes[0]! && !Number.isNaN(value),
    );
    const isOn = (before ?? 0) > 0;
    const nothing = new Float64Array(minutes.length - 1).fill(Number.NaN);
    return {
      metric,
      labels: one.labels,
      hours: spansOf({ edges: hours, ...columns(one) }, false),
      minutes: spansOf(
        { edges: minutes, ...(own ? columns(own) : { max: nothing, last: nothing }) },
        isOn,
      ),
    };
  });
}

/** Where steps begin and the last one ends: whole ones, from the one with `from` in it to the one with `to`. */
export function edgesOf(from: number, to: number, step: number): Float64Array {
  const first = Math.floor(from / step);
  return Float64Array.from(
    { length: Math.ceil(to / step) - first + 1 },
    (_, i) => (first + i) * step,
  );
}

type Wanted = Pick<AskedQuery, 'metrics' | 'labels' | 'aggregations' | 'maxSeries'>;

function read({ history, signal }: AskedSlots, edges: Float64Array, wanted: Wanted) {
  const span = { from: edges[0]!, to: edges.at(-1)! };
  return history.read({ ...wanted, ...span, edges, limit: Infinity }, signal);
}

function keyOf({ labels }: Answered): string {
  return seriesKey('', labels);
}
