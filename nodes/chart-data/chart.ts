import { type Reading, seriesKey } from '../contract/reading.ts';
import { addDays } from '../shared/history/calendar.ts';
import type { History } from '../shared/history/history.ts';
import { Colors, dashedLook } from './colors.ts';
import type { ChartOptions } from './config.ts';
import { pastWidth, type Point } from './downsample.ts';
import { type Group, groupSeries } from './groups.ts';
import { decode, encode, type Kept } from './kept.ts';
import { type PastQuery, type PastSeries, readPastLines, readPastValues } from './past-lines.ts';
import { readPercentiles } from './percentiles.ts';
import { writePeriod } from './period.ts';
import { type Series, SeriesStore } from './series-store.ts';
import { shapeOf } from './shapes/index.ts';
import type { Shape, View } from './shapes/shape.ts';
import { type ChosenUnit, shownUnit, UnitChoice } from './unit-choice.ts';
import type { Words } from './words.ts';

const minute = 60_000;

/** What a dashboard's widget takes. */
export interface ChartMessage {
  payload: unknown;
  /** the one unit of all numbers in the payload; empty where they have none or several */
  unit?: string;
  /** of a table: for each row the bare numbers of its columns, in base units, to sort by */
  numbers?: Record<string, number>[];
  /** how far lines and heat maps look back, as `msg.period` takes it */
  period?: string | number;
  /** tells Dashboard 2's chart to forget what it showed */
  action?: 'replace';
  /** properties of a Dashboard 2 widget; sent when they change */
  ui_update?: object;
  /** properties of a widget of node-red-dashboard; sent when they change */
  ui_control?: object;
}

/** The readings of one chart, and their shape for a dashboard. */
export class Chart {
  #options: ChartOptions;
  readonly #shape: Shape;
  readonly #words: Words;
  /** the dialog's */
  readonly #usualWindow: number;
  #store: SeriesStore;
  readonly #units: UnitChoice;
  /** ms of a line's buckets, 0 where only the newest values are shown */
  #width: number;
  /** by the keys of series; moved to now */
  #before = new Map<string, Point[]>();
  #percentiles = new Map<string, number>();
  #colors = new Colors();
  #told = '';

  constructor(options: ChartOptions, words: Words) {
    this.#shape = shapeOf(options.kind);
    this.#options = options;
    this.#usualWindow = options.window;
    this.#words = words;
    this.#units = new UnitChoice(options.unit);
    this.#width = this.#widthOf(options.window);
    this.#store = new SeriesStore(this.hasLines ? options.window : options.staleAfter, this.#width);
  }

  /** Whether it shows what was before, and not only the newest values. */
  get hasLines(): boolean {
    return this.#shape.hasHistory === true;
  }

  /** ms that it looks back. */
  get window(): number {
    return this.#options.window;
  }

  /** Has lines look back further, or less far; what it knows stays as far as it is within. */
  set window(window: number) {
    if (!this.hasLines || window === this.window) return;
    this.#options = { ...this.#options, window };
    this.#width = this.#widthOf(window);
    const series = this.#store.all;
    this.#store = new SeriesStore(window, this.#width);
    this.#store.restore(series);
  }

  /** Takes in the readings that this chart is about; tells how many they are. */
  take(readings: readonly Reading[], now: number): number {
    const { metrics, filter } = this.#options;
    const meant = readings.filter(
      ({ metric, labels }) => metrics.takes(metric) && filter.takes(labels),
    );
    for (const reading of meant) this.#store.add(reading, now);
    return meant.length;
  }

  /**
   * Takes in what a history database has of what this chart is about, as of `date` in ms since the Unix epoch.
   */
  takePast(past: readonly PastSeries[], now: number, date: number): void {
    const series = past.map(({ metric, labels, unit, info = {}, points }): Series => {
      const { x: time, y: value } = points.at(-1)!;
      const seenAt = now - Math.max(0, date - time);
      return { metric, labels, info, unit, value, time, seenAt, points };
    });
    this.#store.takePast(series);
  }

  /** Reads from a history what this chart shows of it. Rejects as the history does. */
  async readPast(
    history: Pick<History, 'read' | 'latest'>,
    filters: Pick<PastQuery, 'metrics' | 'labels'>,
    date: number,
    signal: AbortSignal,
  ): Promise<PastSeries[]> {
    const { window, staleAfter } = this.#options;
    if (!this.hasLines) return readPastValues(history, this.#options, date - staleAfter);
    const span = { from: date - window, now: date, to: date + window, width: this.#width };
    return readPastLines(history, { ...filters, ...span }, signal);
  }

  /** ms after which {@link readBeside} has more to tell; undefined where it never has. */
  get besideAfter(): number | undefined {
    const { compare, percentile } = this.#options;
    if (!this.hasLines || (compare === 'none' && !percentile)) return undefined;
    return Math.max(minute, Math.min(this.#width, 15 * minute));
  }

  /**
   * Reads from a history what is shown beside the lines: those of the time before, and percentiles. Rejects as
   * the history does.
   * @param now ms since the Unix epoch
   */
  async readBeside(
    history: Pick<History, 'read'>,
    filters: Pick<PastQuery, 'metrics' | 'labels'>,
    now: number,
    signal: AbortSignal,
  ): Promise<void> {
    const after = this.besideAfter;
    if (after === undefined) return;
    const { compare, percentile, window } = this.#options;
    if (compare !== 'none') {
      const then = addDays(now, compare === 'day' ? -1 : -7, '');
      // The time until it is read again is known already.
      const to = then + 2 * after;
      const span = { from: then - window, now: to, to, width: this.#width };
      const lines = await readPastLines(history, { ...filters, ...span }, signal);
      this.#before = new Map(lines.map((line) => [keyOf(line), moved(line.points, now - then)]));
    }
    if (percentile) {
      const series = this.#shape.drawn?.(this.#sorted(now), this.#view(now)) ?? [];
      const span = { from: now - window, to: now };
      this.#percentiles = await readPercentiles(history, { series, ...span }, signal);
    }
  }

  /** What to keep over a restart; without its readings where a history has them. */
  keep(now: number, date: number, withReadings = true): Kept {
    const series = withReadings ? this.#store.current(now) : [];
    const kept = encode(series, this.#colors.kept(), now, date);
    const { window: chosen } = this;
    if (chosen !== this.#usualWindow) kept.period = { chosen, instead: this.#usualWindow };
    return kept;
  }

  /**
   * Takes in what was kept; tells how many series are shown with it. Throws where it is nothing that
   * {@link keep} made.
   */
  restore(kept: unknown, now: number, date: number): number {
    const { metrics, filter } = this.#options;
    const { series, colors, period } = decode(kept, now, date);
    if (period?.instead === this.#usualWindow) this.window = period.chosen;
    // The settings may have changed since.
    this.#store.restore(series.filter((s) => metrics.takes(s.metric) && filter.takes(s.labels)));
    this.#colors = new Colors(colors);
    return this.#store.current(now).length;
  }

  /** Whether there is nothing to show. */
  isEmpty(now: number): boolean {
    return this.#store.current(now).length === 0;
  }

  /** When the chart changes if nothing more is taken in, because a series falls silent. */
  nextChange(): number | undefined {
    return this.#store.nextExpiry();
  }

  /** What to send now, and of how many series it is. */
  show(now: number): { message: ChartMessage; series: number } {
    const series = this.#sorted(now);
    return { message: this.#message(series, now), series: series.length };
  }

  #sorted(now: number): Series[] {
    const rank = ({ metric }: Series) => this.#options.metrics.rank(metric);
    return this.#store.current(now).toSorted((a, b) => rank(a) - rank(b));
  }

  #widthOf(window: number): number {
    if (!this.hasLines) return 0;
    return pastWidth(window, this.#options.points);
  }

  #message(series: Series[], now: number): ChartMessage {
    const { unit, colors = [], dashed = 0, ...drawn } = this.#shape.draw(series, this.#view(now));
    const message: ChartMessage = { ...drawn, ...(unit && { unit: shownUnit(unit) }) };
    if (this.hasLines) message.period = writePeriod(this.window);
    if (this.#shape.adds && this.#options.dashboard === 'dashboard-2') message.action = 'replace';
    return this.#shape.update
      ? this.#withUpdate(message, this.#shape.update, { colors, dashed })
      : message;
  }

  #view(now: number): View {
    const start = now - this.window;
    return {
      options: this.#options,
      words: this.#words,
      colors: this.#colors,
      width: this.#width,
      groups: (...of) => this.#groups(...of),
      before: (one) =>
        (this.#before.get(keyOf(one)) ?? []).filter(({ x }) => x > start && x <= now),
      percentile: (one) => this.#percentiles.get(keyOf(one)),
      unit: (...of) => this.#unit(...of),
    };
  }

  #groups(series: readonly Series[], joinMetrics: boolean, limit = this.#options.limit): Group[] {
    const { order, legend } = this.#options;
    return groupSeries(series, { joinMetrics, limit, order, legend }, this.#words);
  }

  // Series of several units have none in common: they are shown as they are.
  #unit(series: readonly Series[], values: readonly number[]): ChosenUnit {
    const units = new Set(series.map(({ unit }) => unit));
    const [unit] = units;
    if (unit === undefined || units.size > 1) return { factor: 1, unit: '' };
    return this.#units.choose(
      values.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
      unit,
    );
  }

  // Only what has changed: Dashboard 2 keeps every update that it gets for as long as a page is open.
  #withUpdate(
    message: ChartMessage,
    update: NonNullable<Shape['update']>,
    { colors, dashed }: { colors: readonly string[]; dashed: number },
  ): ChartMessage {
    const { unit = '' } = message;
    const told = JSON.stringify([unit, colors, dashed]);
    if (told === this.#told) return message;
    this.#told = told;
    if (this.#options.dashboard === 'dashboard-2') {
      return { ...message, ui_update: update(unit, colors, dashed) };
    }
    // The widget looks at its colours anew when its options change.
    if (colors.length === 0) return message;
    const looks = colors.map((color, i) =>
      i < colors.length - dashed ? color : dashedLook(color),
    );
    return { ...message, ui_control: { colors: looks, options: { colors: looks } } };
  }
}

function keyOf({ metric, labels }: Pick<Series, 'metric' | 'labels'>): string {
  return seriesKey(metric, labels);
}

function moved(points: readonly Point[], by: number): Point[] {
  return points.map(({ x, y }) => ({ x: x + by, y }));
}
