import { inSlices } from '../in-slices.ts';
import { barOf, percentOf, type Slice, type Uptime, uptimeOf } from './availability.ts';
import { type AskedSlots, edgesOf, readMaintenance, readSlots } from './availability-slots.ts';
import type { History } from './history.ts';
import { type HistoryRequest, requestChecks } from './request.ts';

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

/**
 * One row for each series of `device_up`, and how many were left out for the limit. The last week is looked at
 * in steps of 5 minutes, the time before in hours. Rejects as `History.read`, and with a FieldProblem.
 * @param now ms since the Unix epoch
 */
export async function readAvailability(
  history: Pick<History, 'read'>,
  request: Pick<HistoryRequest, 'labels' | 'limit'>,
  now: number,
  signal?: AbortSignal,
): Promise<{ rows: Availability[]; omitted: number }> {
  requestChecks.labels(request.labels);
  const maxSeries = requestChecks.limit(request.limit);
  const asked: AskedSlots = { history, labels: request.labels, maxSeries, now, signal };
  const slicing = signal ? { signal } : {};
  const maintenance = await readMaintenance(asked);
  const lastWeek = edgesOf(now - 7 * day, now, 5 * minute);
  const week = await readSlots(asked, lastWeek, maintenance, (slots) => ({
    up24h: percentOf(uptimeOf(slots.filter(({ end }) => end > now - day))),
    up7d: percentOf(uptimeOf(slots)),
    bar: barOf(slots, slices, day / slices, now),
  }));
  const unknown = { up24h: null, up7d: null, bar: barOf([], slices, day / slices, now) };
  const year = new Map<string, Uptime>();
  let month: Map<string, Uptime> | undefined;
  const labels = new Map([...week.found].map(([key, { labels: own }]) => [key, own]));
  for (let back = 0; back < 365 * day; back += window) {
    const from = now - Math.min(back + window, 365 * day);
    // The window after has the hour that both are in.
    const to = back === 0 ? now : Math.floor((now - back) / hour) * hour;
    const { found } = await readSlots(asked, edgesOf(from, to, hour), maintenance, uptimeOf);
    for (const [key, { labels: own, value }] of found) {
      if (!labels.has(key)) labels.set(key, own);
      add(year, key, value);
    }
    month ??= new Map(year);
  }
  const rowOf = (key: string, own: Record<string, string>): Availability => {
    const { up24h, up7d, bar } = week.found.get(key)?.value ?? unknown;
    return {
      ...Object.fromEntries(Object.entries(own).map(([name, value]) => [column(name), value])),
      ...{ up24h, up7d },
      up30d: percentOf(month!.get(key) ?? none),
      up365d: percentOf(year.get(key) ?? none),
      bar,
    };
  };
  const rows = await inSlices(
    (function* (): Generator<void, Availability[]> {
      const all: Availability[] = [];
      for (const [key, own] of inOrder(labels)) {
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

function inOrder(
  labels: ReadonlyMap<string, Record<string, string>>,
): [string, Record<string, string>][] {
  const place = ([key, own]: [string, Record<string, string>]) => `${own.device ?? ''}\0${key}`;
  return [...labels].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

function add(sums: Map<string, Uptime>, key: string, { up, known }: Uptime): void {
  const before = sums.get(key) ?? none;
  sums.set(key, { up: before.up + up, known: before.known + known });
}
