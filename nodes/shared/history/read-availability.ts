import { seriesKey } from '../../contract/reading.ts';
import {
  barOf,
  percentOf,
  type Slice,
  type Slot,
  type SlotColumns,
  slotsOf,
  type Span,
  spansOf,
  type Uptime,
  uptimeOf,
} from './availability.ts';
import { inSlices } from '../in-slices.ts';
import type { History } from './history.ts';
import { type HistoryRequest, requestChecks } from './request.ts';
import type { AskedQuery } from './store/messages.ts';
import type { Answered } from './store/query.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** slices of a bar, of half an hour each */
const slices = 48;
/** ms that one question spans where a year is asked for: its answer has to fit into memory */
const window = 30 * day;

/** How available a device, or one check of it, was: percent, or null where nothing is known. */
export type Availability = Record<string, string | number | null | Slice[]> & {
  up24h: number | null;
  up7d: number | null;
  up30d: number | null;
  up365d: number | null;
  /** the last 24 hours */
  bar: Slice[];
};

type Reader = Pick<History, 'read'>;

interface Asked {
  history: Reader;
  labels: string;
  maxSeries: number;
  now: number;
  signal: AbortSignal | undefined;
}

interface Maintenance {
  labels: Record<string, string>;
  minutes: Span[];
  hours: Span[];
}

/**
 * One row for each series of `device_up`, and how many were left out for the limit. The last week is looked at
 * in steps of 5 minutes, the time before in hours. Rejects as `History.read`, and with a FieldProblem.
 * @param now ms since the Unix epoch
 */
export async function readAvailability(
  history: Reader,
  request: Pick<HistoryRequest, 'labels' | 'limit'>,
  now: number,
  signal?: AbortSignal,
): Promise<{ rows: Availability[]; omitted: number }> {
  requestChecks.labels(request.labels);
  const maxSeries = requestChecks.limit(request.limit);
  const asked: Asked = { history, labels: request.labels, maxSeries, now, signal };
  const slicing = signal ? { signal } : {};
  const maintenance = await readMaintenance(asked);
  const week = await readSlots(asked, edgesOf(now - 7 * day, now, 5 * minute), maintenance);
  const year = new Map<string, Uptime>();
  let month: Map<string, Uptime> | undefined;
  const labels = new Map(week.slots);
  for (let back = 0; back < 365 * day; back += window) {
    const from = now - Math.min(back + window, 365 * day);
    // The window after has the hour that both are in.
    const to = back === 0 ? now : Math.floor((now - back) / hour) * hour;
    const read = await readSlots(asked, edgesOf(from, to, hour), maintenance);
    for (const [key, one] of read.slots) if (!labels.has(key)) labels.set(key, one);
    await inSlices(addAll(year, read.slots), slicing);
    month ??= new Map(year);
  }
  const rowOf = (key: string, own: Record<string, string>): Availability => {
    const slots = week.slots.get(key)?.slots ?? [];
    const lately = slots.filter(({ end }) => end > now - day);
    return {
      ...Object.fromEntries(Object.entries(own).map(([name, value]) => [column(name), value])),
      up24h: percentOf(uptimeOf(lately)),
      up7d: percentOf(uptimeOf(slots)),
      up30d: percentOf(month!.get(key) ?? none),
      up365d: percentOf(year.get(key) ?? none),
      bar: barOf(slots, slices, day / slices, now),
    };
  };
  const rows = await inSlices(
    (function* (): Generator<void, Availability[]> {
      const all: Availability[] = [];
      for (const [key, { labels: own }] of inOrder(labels)) {
        all.push(rowOf(key, own));
        yield;
      }
      return all;
    })(),
    slicing,
  );
  return { rows, omitted: week.omitted };
}

const none: Uptime = { up: 0, known: 0 };
const ownColumns: ReadonlySet<string> = new Set(['up24h', 'up7d', 'up30d', 'up365d', 'bar']);

// A label may have any name, that of a column of this table too.
function column(label: string): string {
  return ownColumns.has(label) ? `label_${label}` : label;
}

function inOrder(labels: ReadonlyMap<string, SeriesSlots>): [string, SeriesSlots][] {
  const place = ([key, { labels: own }]: [string, SeriesSlots]) => `${own.device ?? ''}\0${key}`;
  return [...labels].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

function* addAll(
  sums: Map<string, Uptime>,
  slots: ReadonlyMap<string, SeriesSlots>,
): Generator<void, void> {
  for (const [key, { slots: own }] of slots) {
    add(sums, key, uptimeOf(own));
    yield;
  }
}

function add(sums: Map<string, Uptime>, key: string, { up, known }: Uptime): void {
  const before = sums.get(key) ?? none;
  sums.set(key, { up: before.up + up, known: before.known + known });
}

function edgesOf(from: number, to: number, step: number): Float64Array {
  const first = Math.floor(from / step);
  return Float64Array.from(
    { length: Math.ceil(to / step) - first + 1 },
    (_, i) => (first + i) * step,
  );
}

type Wanted = Pick<AskedQuery, 'metrics' | 'labels' | 'aggregations' | 'maxSeries'>;

function read({ history, signal }: Asked, edges: Float64Array, wanted: Wanted) {
  const span = { from: edges[0]!, to: edges.at(-1)! };
  return history.read({ ...wanted, ...span, edges, limit: Infinity }, signal);
}

interface SeriesSlots {
  labels: Record<string, string>;
  slots: Slot[];
}

async function readSlots(
  asked: Asked,
  edges: Float64Array,
  maintenance: readonly Maintenance[],
): Promise<{ slots: Map<string, SeriesSlots>; omitted: number }> {
  const { labels, maxSeries, now } = asked;
  const wanted = (metrics: string, aggregation: 'average' | 'max'): Wanted => ({
    ...{ metrics, labels, maxSeries, aggregations: [aggregation] },
  });
  const up = await read(asked, edges, wanted('device_up', 'average'));
  const degraded = await read(asked, edges, wanted('device_degraded', 'max'));
  const byKey = new Map(degraded.series.map((one) => [keyOf(one), one.columns.max]));
  const resolution = edges[1]! - edges[0]! < hour ? 'minutes' : 'hours';
  const slots = new Map<string, SeriesSlots>();
  const work = function* (): Generator<void, void> {
    for (const one of up.series) {
      const columns: SlotColumns = {
        ...{ edges, up: one.columns.average!, degraded: byKey.get(keyOf(one)) },
        maintained: maintenance.flatMap((each) =>
          isWithin(each.labels, one.labels) ? each[resolution] : [],
        ),
      };
      slots.set(keyOf(one), { labels: one.labels, slots: slotsOf(columns, now) });
      yield;
    }
  };
  // There may be thousands of devices: others have their turn.
  await inSlices(work(), asked.signal ? { signal: asked.signal } : {});
  return { slots, omitted: up.omitted };
}

function keyOf({ labels }: Answered): string {
  return seriesKey('', labels);
}

// What has no labels is for all, what has a site for all devices of it.
function isWithin(few: Record<string, string>, all: Record<string, string>): boolean {
  return Object.entries(few).every(([name, value]) => all[name] === value);
}

// It is told when it begins and ends, which may be long ago: hours tell how it was before the minutes.
async function readMaintenance(asked: Asked): Promise<Maintenance[]> {
  const { now } = asked;
  const wanted: Wanted = {
    ...{ metrics: 'maintenance', labels: '', maxSeries: 10_000 },
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
      labels: one.labels,
      hours: spansOf({ edges: hours, ...columns(one) }, false),
      minutes: spansOf(
        { edges: minutes, ...(own ? columns(own) : { max: nothing, last: nothing }) },
        isOn,
      ),
    };
  });
}
