import { seriesKey } from '../contract/reading.ts';
import { percentOf, type Slot, uptimeOf } from '../shared/history/availability.ts';
import { edgesOf, readMaintenance, readSlots } from '../shared/history/availability-slots.ts';
import type { History } from '../shared/history/history.ts';
import type { SummaryPeriod } from './summary-schedule.ts';

const minute = 60_000;
/** devices that a summary knows at most */
const mostDevices = 1_000;
/** of the busiest series */
const mostBusy = 5;

/** A device, or one check of it, over a period. */
export interface DeviceSummary {
  labels: Record<string, string>;
  /** percent; null where nothing is known */
  availability: number | null;
  /** for how long it did not answer, ms */
  downMs: number;
  /** how often it began not to answer */
  outages: number;
  /** for how long it answered beyond a limit, ms */
  degradedMs: number;
}

/** A series over a period. */
interface BusySummary {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  average: number;
  max: number;
}

/** What there is to tell of a period. */
export interface Summary {
  period: SummaryPeriod;
  /** the worst first */
  devices: DeviceSummary[];
  /** devices that are left out, for there are too many */
  omitted: number;
  /** the busiest first */
  busiest: BusySummary[];
}

/** Reads what there is to tell of a period. Rejects as `History.read`. */
export async function readSummary(
  history: Pick<History, 'read'>,
  period: SummaryPeriod,
  signal: AbortSignal,
): Promise<Summary> {
  const { from, to } = period;
  const asked = { history, labels: '', maxSeries: mostDevices, now: to, signal };
  const maintenance = await readMaintenance(asked);
  const edges = edgesOf(from, to, 5 * minute);
  const { found, omitted } = await readSlots(asked, edges, maintenance, availabilityOf);
  const devices = Array.from(found.values(), ({ labels, value }) => ({ labels, ...value }));
  return {
    period,
    devices: devices.sort(worstFirst),
    omitted,
    busiest: await busiest(history, period, signal),
  };
}

function availabilityOf(slots: readonly Slot[]): Omit<DeviceSummary, 'labels'> {
  const { up, known } = uptimeOf(slots);
  const counted = slots.filter((slot) => !slot.isMaintained && !Number.isNaN(slot.up));
  let outages = 0;
  let isDown = false;
  for (const slot of counted) {
    if (slot.up < 1 && !isDown) outages++;
    isDown = slot.up < 1;
  }
  const degradedMs = counted
    .filter((slot) => slot.isDegraded)
    .reduce((sum, { start, end }) => sum + end - start, 0);
  const availability = percentOf({ up, known });
  return { availability, downMs: Math.round(known - up), outages, degradedMs };
}

// What is unknown comes after what was down: it may be new.
function worstFirst(a: DeviceSummary, b: DeviceSummary): number {
  const rank = ({ availability }: DeviceSummary) => availability ?? 99.9995;
  return (
    rank(a) - rank(b) ||
    b.degradedMs - a.degradedMs ||
    (seriesKey('', a.labels) < seriesKey('', b.labels) ? -1 : 1)
  );
}

// Lines by the share of their speed; where no speed is known, by what they carry.
async function busiest(
  history: Pick<History, 'read'>,
  { from, to }: SummaryPeriod,
  signal: AbortSignal,
): Promise<BusySummary[]> {
  for (const metrics of ['utilization', 'in_rate, out_rate']) {
    const { series } = await history.read(
      {
        ...{ metrics, labels: '', from, to, edges: Float64Array.of(from, to) },
        aggregations: ['average', 'max'],
        ...{ top: mostBusy, limit: Infinity, maxSeries: mostBusy },
      },
      signal,
    );
    const found = series.map(({ metric, labels, unit, columns }) => ({
      ...{ metric, labels, unit, average: columns.average![0]!, max: columns.max![0]! },
    }));
    const known = found.filter(({ average }) => !Number.isNaN(average));
    if (known.length > 0) return known.sort((a, b) => b.average - a.average);
  }
  return [];
}
