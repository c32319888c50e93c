import { seriesKey, type Reading } from '../contract/reading.ts';
import type { ChartOptions, Kind } from './config.ts';
import { Colors, otherColor, palette } from './colors.ts';
import { groupSeries, type Group } from './groups.ts';
import { decode, encode, type Kept } from './kept.ts';
import { SeriesStore, type Series } from './series-store.ts';
import { bar } from './shapes/bar.ts';
import { line } from './shapes/line.ts';
import { pie, withOther } from './shapes/pie.ts';
import { combined, gauge, text } from './shapes/single.ts';
import { labelRows, rowNumbers, seriesRows } from './shapes/table.ts';
import { bucketWidth, thinToNow } from './thin.ts';
import { UnitChoice, type ChosenUnit } from './unit-choice.ts';
import { widgetUpdate } from './widget-update.ts';
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
  readonly #words: Words;
  readonly #store: SeriesStore;
  readonly #units: UnitChoice;
  /** ms of a line's buckets, 0 where only the newest values are shown */
  readonly #width: number;
  #colors = new Colors();
  #told = '';

  constructor(options: ChartOptions, words: Words) {
    const history = options.kind === 'line';
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
    const { kind, rows } = this.#options;
    switch (kind) {
      case 'line':
        return this.#line(
          this.#groups(series, false, Math.min(this.#options.limit, palette.length)),
        );
      case 'bar':
        return this.#bar(this.#groups(series, true));
      case 'pie':
        return this.#pie(series);
      case 'gauge':
        return this.#gauge(series);
      case 'text':
        return { payload: text(this.#text(series)) };
      default: {
        const groups = this.#groups(series, rows === 'labels');
        const toRows = rows === 'labels' ? labelRows : seriesRows;
        return { payload: toRows(groups, this.#words), numbers: rowNumbers(groups, rows) };
      }
    }
  }

  #line(groups: Group[]): ChartMessage {
    const lines = groups.map(({ legend, members: [series] }) => ({
      legend,
      points: thinToNow(series!.points, this.#width),
    }));
    const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
    const unit = this.#unit(membersOf(groups), values);
    const payload = line(lines, unit, this.#options.dashboard, this.#width);
    return this.#chart(payload, unit, this.#colors.of(groups.map(identity)));
  }

  #bar(groups: Group[]): ChartMessage {
    const series = membersOf(groups);
    const unit = this.#unit(series, series.map(newest));
    const payload = bar(groups, unit, this.#options.dashboard, this.#words);
    const metrics = [...new Set(series.map(({ metric }) => metric))];
    return this.#chart(payload, unit, this.#colors.of(metrics));
  }

  #pie(series: Series[]): ChartMessage {
    const { limit, dashboard } = this.#options;
    const groups = this.#groups(series, false, Infinity);
    const slices = groups.map((group) => ({
      legend: group.legend,
      value: group.members[0]!.value,
      key: identity(group),
    }));
    const shown = withOther(slices, limit, this.#words.other).filter(({ value }) => value > 0);
    const keys = shown.flatMap(({ key }) => key ?? []);
    const colors = this.#colors.of(keys);
    const inOrder = shown.map(({ key }) =>
      key === undefined ? otherColor : colors[keys.indexOf(key)]!,
    );
    const unit = this.#unit(series, series.map(newest));
    return this.#chart(pie(shown, unit, dashboard), unit, inOrder);
  }

  #gauge(series: Series[]): ChartMessage {
    const value = combined(series, this.#options.combine);
    const unit = this.#unit(series, [value ?? 0]);
    return this.#withUpdate({ payload: gauge(value, unit), unit: shownUnit(unit) }, 'gauge', []);
  }

  #text(series: Series[]): string | undefined {
    const value = combined(series, this.#options.combine);
    if (value === undefined) return undefined;
    const { metric, unit } = series[0]!;
    if (this.#options.unit !== '') {
      const chosen = this.#unit(series, [value]);
      return this.#words.inUnit(value * chosen.factor, chosen.unit);
    }
    // The number of devices that are up is no state.
    const counted = this.#options.combine === 'sum';
    return counted ? this.#words.number(value, unit) : this.#words.value(metric, value, unit);
  }

  #groups(series: Series[], joinMetrics: boolean, limit = this.#options.limit): Group[] {
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

  #chart(payload: unknown[], unit: ChosenUnit, colors: readonly string[]): ChartMessage {
    const message: ChartMessage = { payload, unit: shownUnit(unit) };
    if (this.#options.dashboard === 'dashboard-2') message.action = 'replace';
    return this.#withUpdate(message, this.#options.kind, colors);
  }

  // Only what has changed: Dashboard 2 keeps every update that it gets for as long as a page is open.
  #withUpdate(message: ChartMessage, kind: Kind, colors: readonly string[]): ChartMessage {
    const { unit = '' } = message;
    const told = JSON.stringify([unit, colors]);
    if (told === this.#told) return message;
    this.#told = told;
    if (this.#options.dashboard === 'dashboard-2') {
      return { ...message, ui_update: widgetUpdate(kind, unit, colors) };
    }
    // The widget looks at its colours anew when its options change.
    if (colors.length === 0) return message;
    return { ...message, ui_control: { colors, options: { colors } } };
  }
}

const identity = ({ members: [one] }: Group) => seriesKey(one!.metric, one!.labels);
const newest = ({ value }: Series) => value;

function membersOf(groups: readonly Group[]): Series[] {
  return groups.flatMap(({ members }) => members);
}

function shownUnit({ unit }: ChosenUnit): string {
  return { '1': '', '1/s': '/s' }[unit] ?? unit;
}
