import type { Reading } from '../contract/reading.ts';
import { beginOf, stepEdges, usualStep } from '../shared/history/calendar.ts';
import type { History } from '../shared/history/history.ts';
import type { Answer, Answered } from '../shared/history/store/query.ts';
import { byName } from '../shared/natural-order.ts';
import type { ChartOptions } from './config.ts';
import { legends } from './legend.ts';
import type { PastQuery } from './past-lines.ts';
import { readable } from './round.ts';
import { combined } from './shapes/combined.ts';
import { shownUnit, UnitChoice } from './unit-choice.ts';
import type { Words } from './words.ts';

const minute = 60_000;
const hour = 60 * minute;
/** columns of a map by time, which a phone can still show */
const columnsByTime = 48;

/** What the element `netmon-heat-map` draws. */
export interface HeatMap {
  rows: string[];
  columns: string[];
  /** a list of numbers for each row; null where nothing is known */
  cells: (number | null)[][];
  unit: string;
  /** what a cell says of which nothing is known */
  none: string;
}

/** A table of colours: hours of the day by days, or series by time. */
export class HeatMapChart {
  readonly #options: ChartOptions;
  readonly #words: Words;
  readonly #units: UnitChoice;
  #edges: Float64Array = new Float64Array(0);
  #series: readonly Answered[] = [];
  /** ms that it looks back */
  window: number;
  #isStale = false;

  constructor(options: ChartOptions, words: Words) {
    this.#options = options;
    this.#words = words;
    this.#units = new UnitChoice(options.unit);
    this.window = options.window;
  }

  /** ms after which there is more to read. */
  get readAfter(): number {
    return 5 * minute;
  }

  /** Whether a reading came that it is about since it was last read. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Looks at readings that a history has, or will have in a moment. */
  take(readings: readonly Reading[]): void {
    const { metrics, filter } = this.#options;
    this.#isStale ||= readings.some(
      ({ metric, labels }) => metrics.takes(metric) && filter.takes(labels),
    );
  }

  /** How many series it is made of; of hours of the day it is one. */
  get size(): number {
    return this.#series.length;
  }

  /** Reads averages from a history. Rejects as the history does. @param now ms since the Unix epoch */
  async read(
    history: Pick<History, 'read'>,
    filters: Pick<PastQuery, 'metrics' | 'labels'>,
    now: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { cells, combine, limit } = this.#options;
    this.#isStale = false;
    const start = now - this.window;
    const byHour = cells === 'hours';
    const edges = byHour
      ? stepEdges(beginOf('day', start, ''), now, hour, '')
      : stepEdges(start, now, usualStep(this.window, columnsByTime), '');
    const across = {
      max: 'max',
      min: 'min',
      sum: 'sum',
      mean: 'average',
      latest: 'average',
    } as const;
    const { series }: Answer = await history.read(
      {
        ...filters,
        ...{ from: edges[0]!, to: edges.at(-1)!, edges, aggregations: ['average'] },
        ...{ limit: 500_000, maxSeries: limit },
        ...(byHour ? { group: { by: [], across: across[combine] } } : { top: limit }),
      },
      signal,
    );
    this.#edges = edges;
    this.#series = series;
  }

  /** What to draw. */
  show(): HeatMap {
    const units = new Set(this.#series.map(({ unit }) => unit));
    const [unit = ''] = units;
    const largest = this.#series.reduce((most, one) => Math.max(most, ...known(one)), 0);
    const chosen = units.size > 1 ? { factor: 1, unit: '' } : this.#units.choose(largest, unit);
    const cell = (value: number | undefined) =>
      value === undefined || Number.isNaN(value) ? null : readable(value * chosen.factor);
    const map = this.#options.cells === 'hours' ? this.#byHour(cell) : this.#byTime(cell);
    return { ...map, unit: shownUnit(chosen), none: this.#words.none };
  }

  #byTime(cell: (value: number | undefined) => number | null) {
    const { order, legend } = this.#options;
    const named = this.#series.map(({ metric, labels, info = {} }) => ({ metric, labels, info }));
    const texts = legends(named, legend, this.#words);
    const rows = this.#series.map(({ columns }, i) => ({
      text: texts[i]!,
      cells: Array.from(columns.average!, cell),
    }));
    // The history has them by size.
    if (order === 'name') {
      rows.sort((a, b) => byName(a.text, b.text));
    }
    return {
      rows: rows.map(({ text }) => text),
      columns: Array.from(this.#edges.slice(0, -1), (time) => this.#words.moment(time)),
      cells: rows.map((row) => row.cells),
    };
  }

  #byHour(cell: (value: number | undefined) => number | null) {
    const days: number[] = [];
    const cells = Array.from({ length: 24 }, (): (number | null)[] => []);
    for (const [i, time] of this.#edges.slice(0, -1).entries()) {
      const day = beginOf('day', time, '');
      if (days.at(-1) !== day) {
        days.push(day);
        for (const row of cells) row.push(null);
      }
      const values = this.#series
        .map(({ columns }) => ({ value: columns.average![i]!, seenAt: 0 }))
        .filter(({ value }) => !Number.isNaN(value));
      cells[new Date(time).getHours()]![days.length - 1] = cell(
        combined(values, this.#options.combine),
      );
    }
    return {
      rows: Array.from({ length: 24 }, (_, at) => `${String(at).padStart(2, '0')}:00`),
      columns: days.map((day) => this.#words.day(day)),
      cells,
    };
  }
}

function known({ columns }: Pick<Answered, 'columns'> & Pick<Reading, 'unit'>): number[] {
  return Array.from(columns.average!)
    .filter((value) => !Number.isNaN(value))
    .map(Math.abs);
}
