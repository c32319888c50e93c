import { readUnit, readValue } from '../contract/metrics.ts';
import type { Comparison, Line, Period, Sparkline } from '../contract/pages.ts';
import { rounded } from '../contract/round.ts';
import { percentile95, usualDistance } from '../shared/series/figures.ts';
import type { Series } from './device-record.ts';
import { bandAt, type NormalRanges } from './past-normal.ts';
import type { Columns } from './recent-points.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Span {
  /** ms that are looked back */
  length: number;
  /** ms of a step of a chart's line */
  step: number;
  /** ms of a step of a small curve */
  coarse: number;
}

/** What each period looks like: steps that the summaries of a history fit into, some 300 of them. */
export const spans: Record<Period, Span> = {
  '1h': { length: hour, step: 15_000, coarse: minute },
  '6h': { length: 6 * hour, step: minute, coarse: 10 * minute },
  '24h': { length: day, step: 5 * minute, coarse: 30 * minute },
  '7d': { length: 7 * day, step: 30 * minute, coarse: 4 * hour },
  '30d': { length: 30 * day, step: 2 * hour, coarse: 12 * hour },
};

/** What a history has for a page, by the keys of series. */
export interface PastCurves {
  /** in steps of a chart */
  fine: ReadonlyMap<string, Columns>;
  /** in steps of a small curve */
  coarse: ReadonlyMap<string, Columns>;
  /** in steps of a chart, of the time compared with, moved to this time */
  before: ReadonlyMap<string, Columns>;
  /** 95th percentiles of averages of 5 minutes, where steps are longer */
  percentiles: ReadonlyMap<string, number>;
  /** what was normal, of the device that a page is about */
  normal?: NormalRanges | undefined;
}

export interface LineOptions {
  name: string;
  key: string;
  role: Line['role'];
  /** whether the 95th percentile is told */
  isLink?: boolean;
}

/** The curves of one page, from a history or from the last hour. */
export class Curves {
  readonly period: Period;
  readonly compare: Comparison;
  /** ms since the Unix epoch */
  readonly now: number;
  readonly #past: PastCurves | undefined;
  /** what was asked for, by key: what to read of a history for the same page */
  readonly wanted = { fine: new Map<string, Series>(), coarse: new Map<string, Series>() };

  constructor(
    { period, compare }: { period: Period; compare: Comparison },
    now: number,
    past?: PastCurves,
  ) {
    this.period = period;
    this.compare = compare;
    this.now = now;
    this.#past = past;
  }

  get start(): number {
    return this.now - spans[this.period].length;
  }

  /** The line of a series. */
  line(series: Series, { isLink = false, ...named }: LineOptions): Line {
    const { unit, key } = series;
    this.wanted.fine.set(key, series);
    const columns = this.#within(this.#past?.fine.get(key) ?? series.recent?.columns());
    const own = columns && withGaps(columns, unit, this.now);
    const before = this.#past?.before.get(key);
    const percentile =
      this.#past?.percentiles.get(key) ??
      (columns && percentile95(Float64Array.from(columns.means)));
    const normal = this.#past?.normal?.get(key);
    const band = normal && own && bandAt(own.times, normal);
    const line: Line = {
      ...{ ...named, unit },
      times: own?.times ?? [],
      values: own?.values ?? [],
      ...(own?.isWide && { min: own.min, max: own.max }),
      ...(band?.low.some((value) => value !== null) && { normal: band }),
      last: rounded(series.value, unit),
      mean: columns ? orNull(mean(columns.means), unit) : null,
      highest: columns ? orNull(largest(columns.highest), unit) : null,
      ...(isLink && { percentile95: orNull(percentile, unit) }),
      ...(before && { before: valuesOf(withGaps(before, unit, Infinity)) }),
    };
    return asRead(series.metric, line);
  }

  /** The small curve of a series, or of the sum of several; undefined where nothing is known. */
  sparkline(all: readonly Series[]): Sparkline | undefined {
    const { length, coarse: step } = spans[this.period];
    const count = length / step;
    const first = Math.floor(this.now / step) - count + 1;
    const sums = new Array<number | null>(count).fill(null);
    let isEmpty = true;
    for (const one of all) {
      const { key, recent } = one;
      this.wanted.coarse.set(key, one);
      const columns = this.#past?.coarse.get(key) ?? recent?.columns();
      if (!columns) continue;
      for (const [i, value] of means(columns, first, count, step).entries()) {
        if (value === null) continue;
        sums[i] = (sums[i] ?? 0) + value;
        isEmpty = false;
      }
    }
    if (isEmpty) return undefined;
    const unit = all[0]!.unit;
    const values = sums.map((value) => (value === null ? null : rounded(value, unit)));
    return { start: first * step, step, values };
  }

  #within(columns: Columns | undefined): Columns | undefined {
    if (!columns) return undefined;
    const from = columns.starts.findIndex((start) => start + columns.step > this.start);
    if (from === 0) return columns;
    const cut = (column: number[]) => (from < 0 ? [] : column.slice(from));
    return {
      step: columns.step,
      ...{ starts: cut(columns.starts), means: cut(columns.means) },
      ...{ lowest: cut(columns.lowest), highest: cut(columns.highest) },
    };
  }
}

/** The mean of each step; a step without a reading between two that have one is as the one before it. */
function means(columns: Columns, first: number, count: number, step: number): (number | null)[] {
  const sums = new Float64Array(count);
  const counts = new Float64Array(count);
  for (const [i, start] of columns.starts.entries()) {
    const at = Math.floor(start / step) - first;
    if (at < 0 || at >= count) continue;
    sums[at]! += columns.means[i]!;
    counts[at]!++;
  }
  const values = Array.from(sums, (sum, i) => (counts[i]! > 0 ? sum / counts[i]! : null));
  const usual = usualDistance(values.flatMap((value, i) => (value === null ? [] : [i])));
  let known = -Infinity;
  return values.map((value, i) => {
    if (value !== null) known = i;
    return i - known < usual ? values[known]! : value;
  });
}

interface Drawn {
  times: number[];
  values: (number | null)[];
  min: (number | null)[];
  max: (number | null)[];
  /** whether any step holds different values */
  isWide: boolean;
}

// A line drawn across an outage would show values that nobody saw.
function withGaps(columns: Columns, unit: string, now: number): Drawn {
  const { starts, step, means: values, lowest, highest } = columns;
  const longest = 3 * usualDistance(starts);
  const drawn: Drawn = { times: [], values: [], min: [], max: [], isWide: false };
  for (const [i, start] of starts.entries()) {
    const before = starts[i - 1];
    if (before !== undefined && start - before > Math.max(longest, 2 * step)) {
      drawn.times.push(Math.min(before + 1.5 * step, start));
      drawn.values.push(null);
      drawn.min.push(null);
      drawn.max.push(null);
    }
    drawn.times.push(Math.min(start + step / 2, now));
    drawn.values.push(rounded(values[i]!, unit));
    drawn.min.push(rounded(lowest[i]!, unit));
    drawn.max.push(rounded(highest[i]!, unit));
    drawn.isWide ||= lowest[i] !== highest[i];
  }
  return drawn;
}

// In the unit that people read a metric in.
function asRead(metric: string, line: Line): Line {
  const { unit, factor } = readUnit(metric, line.unit);
  if (factor === 1) return line;
  const one = (value: number | null) =>
    value === null ? null : readValue(metric, value, line.unit);
  const { min, max, normal, before, percentile95 } = line;
  return {
    ...{ ...line, unit, values: line.values.map(one) },
    ...(min && { min: min.map(one) }),
    ...(max && { max: max.map(one) }),
    ...(normal && { normal: { low: normal.low.map(one), high: normal.high.map(one) } }),
    ...(before && { before: { ...before, values: before.values.map(one) } }),
    ...{ last: one(line.last), mean: one(line.mean), highest: one(line.highest) },
    ...(percentile95 !== undefined && { percentile95: one(percentile95) }),
  };
}

function valuesOf({ times, values }: Drawn) {
  return { times, values };
}

function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function largest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((a, b) => Math.max(a, b));
}

function orNull(value: number | undefined, unit: string): number | null {
  return value === undefined ? null : rounded(value, unit);
}
