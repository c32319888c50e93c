import { usualDistance } from '../series/figures.ts';

/** What a device was in a slice of time. Of several the worst counts, so that no outage hides. */
type SliceState = 'up' | 'degraded' | 'down' | 'maintenance' | 'unknown';

/** A piece of a history bar: times in ms since the Unix epoch, percent up or null where nothing is known. */
export interface Slice {
  start: number;
  end: number;
  state: SliceState;
  percent: number | null;
}

/** What is known of a stretch of time that is looked at as one. */
export interface Slot {
  /** ms since the Unix epoch */
  start: number;
  end: number;
  /** the share of its polls that were answered, 0 to 1; NaN where there was none */
  up: number;
  isDegraded: boolean;
  isMaintained: boolean;
}

/** The columns of a series in equal steps; NaN where there was no reading. */
export interface SlotColumns {
  /** where steps begin, and where the last one ends */
  edges: Float64Array;
  /** average of `device_up` */
  up: Float64Array;
  /** largest `device_degraded`; missing where nothing has limits */
  degraded?: Float64Array | undefined;
  /** spans that do not count, in ms since the Unix epoch */
  maintained: readonly Span[];
  /** those in which it could not be reached because what leads to it was down, so that nothing is known of it */
  unreachable?: readonly Span[] | undefined;
}

export interface Span {
  from: number;
  to: number;
}

/**
 * The slots of a series up to `now`. Where polls come less often than slots, a slot without one is as the one
 * before: only a longer silence than usual is unknown.
 */
export function slotsOf(
  { edges, up, degraded, maintained, unreachable = [] }: SlotColumns,
  now: number,
): Slot[] {
  const usual = usualDistance(Array.from(up.keys()).filter((i) => !Number.isNaN(up[i]!)));
  const slots: Slot[] = [];
  let known = -Infinity;
  for (let i = 0; i < up.length && edges[i]! < now; i++) {
    const [start, end] = [edges[i]!, Math.min(edges[i + 1]!, now)];
    if (!Number.isNaN(up[i]!)) known = i;
    const from = i - known < usual ? known : i;
    const isIn = (spans: readonly Span[]) =>
      spans.some((span) => span.from < end && span.to > start);
    slots.push({
      ...{ start, end, up: isIn(unreachable) ? Number.NaN : up[from]! },
      isDegraded: (degraded?.[from] ?? 0) > 0,
      isMaintained: isIn(maintained),
    });
  }
  return slots;
}

/** Time that counts, in ms: how much of it a device was up. */
export interface Uptime {
  up: number;
  known: number;
}

/**
 * Sums up by time, not by the number of readings: an hour with many polls counts no more than one with few.
 * Maintenance and time without readings count for neither side.
 */
export function uptimeOf(slots: Iterable<Slot>): Uptime {
  const sum: Uptime = { up: 0, known: 0 };
  for (const { start, end, up, isMaintained } of slots) {
    if (isMaintained || Number.isNaN(up)) continue;
    sum.up += up * (end - start);
    sum.known += end - start;
  }
  return sum;
}

/** Percent with three decimals, rounded down: 100 is said only of what never failed; null where nothing is known. */
export function percentOf({ up, known }: Uptime): number | null {
  if (known === 0) return null;
  // What is whole may lie a little below it for the arithmetic alone.
  return Math.floor((up / known) * 100_000 + 1e-6) / 1000;
}

/** A history bar: so many slices of equal length, of which the last one has `now` in it. */
export function barOf(slots: readonly Slot[], count: number, length: number, now: number): Slice[] {
  const first = (Math.floor(now / length) - count + 1) * length;
  const parts = Array.from({ length: count }, (): Slot[] => []);
  for (const slot of slots) parts[Math.floor((slot.start - first) / length)]?.push(slot);
  return parts.map((part, i) => {
    const start = first + i * length;
    const percent = percentOf(uptimeOf(part));
    return { start, end: Math.min(start + length, now), state: stateOf(part), percent };
  });
}

function stateOf(slots: readonly Slot[]): SliceState {
  const counted = slots.filter((slot) => !slot.isMaintained && !Number.isNaN(slot.up));
  if (counted.some((slot) => slot.up < 1)) return 'down';
  if (counted.some((slot) => slot.isDegraded)) return 'degraded';
  if (counted.length > 0) return 'up';
  return slots.some((slot) => slot.isMaintained) ? 'maintenance' : 'unknown';
}

/**
 * The spans in which a metric was above 0, to the steps that it is known in: from the step with its first
 * such reading to the one with a reading of 0, for a reading holds until the next one.
 * @param before whether it was so at the begin
 */
export function spansOf(
  { edges, max, last }: { edges: Float64Array; max: Float64Array; last: Float64Array },
  before: boolean,
): Span[] {
  const spans: Span[] = [];
  let isOn = before;
  for (let i = 0; i < max.length; i++) {
    if (isOn || max[i]! > 0) {
      const span = spans.at(-1);
      if (span?.to === edges[i]) span!.to = edges[i + 1]!;
      else spans.push({ from: edges[i]!, to: edges[i + 1]! });
    }
    if (!Number.isNaN(last[i]!)) isOn = last[i]! > 0;
  }
  return spans;
}
