import type { Reading } from '../contract/reading.ts';
import type { ChartOptions } from './config.ts';
import { Colors } from './colors.ts';
import { groupSeries, type Group } from './groups.ts';
import { decode, encode, type Kept } from './kept.ts';
import { SeriesStore, type Series } from './series-store.ts';
import { shapeOf } from './shapes/index.ts';
import type { Shape } from './shapes/shape.ts';
import { bucketWidth } from './thin.ts';
import { UnitChoice, type ChosenUnit } from './unit-choice.ts';
import type { Words } from './words.ts';

/** What a dashboard's widget takes. */
export interface ChartMessage {
  payload: unknown;
  /** the one unit of all numbers in the payload; empty where they have none or several */
  unit?: string;
  /** of a table: for each row the bare numbers of its columns, in base units, to sort by */
  numbers?: Record<string, number>[];
  /** tells Dashboard 2's chart to forget what it showed */
  action?: 'replace';
  /** properties of a Dashboard 2 widget; sent when they change */
  ui_update?: object;
  /** properties of a widget of node-red-dashboard; sent when they change */
  ui_control?: object;
}

/** The readings of one chart, and their shape for a dashboard. */
export class Chart {
  readonly #options: ChartOptions;
  readonly #shape: Shape;
  readonly #words: Words;
  readonly #store: SeriesStore;
  readonly #units: UnitChoice;
  /** ms of a line's buckets, 0 where only the newest values are shown */
  readonly #width: number;
  #colors = new Colors();
  #told = '';

  constructor(options: ChartOptions, words: Words) {
    this.#shape = shapeOf(options.kind);
    const history = this.#shape.hasHistory === true;
    this.#options = options;
    this.#words = words;
    this.#units = new UnitChoice(options.unit);
    this.#width = history ? bucketWidth(options.window, options.points) : 0;
    this.#store = new SeriesStore(history ? options.window : options.staleAfter, this.#width);
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

  /** What to keep over a restart. */
  keep(now: number, date: number): Kept {
    return encode(this.#store.current(now), this.#colors.kept(), now, date);
  }

  /**
   * Takes in what was kept; tells how many series are shown with it. Throws where it is nothing that
   * {@link keep} made.
   */
  restore(kept: unknown, now: number, date: number): number {
    const { metrics, filter } = this.#options;
    const { series, colors } = decode(kept, now, date);
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
    const rank = ({ metric }: Series) => this.#options.metrics.rank(metric);
    const series = this.#store.current(now).toSorted((a, b) => rank(a) - rank(b));
    return { message: this.#message(series), series: series.length };
  }

  #message(series: Series[]): ChartMessage {
    const {
      unit,
      colors = [],
      ...drawn
    } = this.#shape.draw(series, {
      options: this.#options,
      words: this.#words,
      colors: this.#colors,
      width: this.#width,
      groups: (...of) => this.#groups(...of),
      unit: (...of) => this.#unit(...of),
    });
    const message: ChartMessage = { ...drawn, ...(unit && { unit: shownUnit(unit) }) };
    if (this.#shape.adds && this.#options.dashboard === 'dashboard-2') message.action = 'replace';
    return this.#shape.update ? this.#withUpdate(message, this.#shape.update, colors) : message;
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
    colors: readonly string[],
  ): ChartMessage {
    const { unit = '' } = message;
    const told = JSON.stringify([unit, colors]);
    if (told === this.#told) return message;
    this.#told = told;
    if (this.#options.dashboard === 'dashboard-2') {
      return { ...message, ui_update: update(unit, colors) };
    }
    // The widget looks at its colours anew when its options change.
    if (colors.length === 0) return message;
    return { ...message, ui_control: { colors, options: { colors } } };
  }
}

function shownUnit({ unit }: ChosenUnit): string {
  return { '1': '', '1/s': '/s' }[unit] ?? unit;
}
