import { seriesKey } from '../../../contract/reading.ts';
import type { Journal, SeriesRecord } from './journal.ts';
import { OpenPoints } from './points.ts';

/** What a series is known by, as a reading tells it. */
export type SeriesName = Pick<SeriesRecord, 'metric' | 'labels' | 'unit' | 'info'>;

/** A series and what is not in blocks yet. */
export interface Series extends SeriesRecord {
  open: OpenPoints;
  /** is being made a block */
  frozen: OpenPoints | undefined;
  changed: boolean;
  /** of those that came since the start; its time is -Infinity before any */
  latest: { time: number; value: number };
}

/** All series of a history: the journal's list of them, with what of each is in memory only. */
export class SeriesList {
  readonly #journal: Journal;
  readonly #byId = new Map<number, Series>();
  readonly #byKey = new Map<string, Series>();

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const record of journal.series()) this.#know(record);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** All series, in no order. */
  all(): IterableIterator<Series> {
    return this.#byId.values();
  }

  get(id: number): Series | undefined {
    return this.#byId.get(id);
  }

  /** The id of a series, which is new within the journal's transaction. */
  idOf(name: SeriesName, time: number): number {
    const known = this.#byKey.get(seriesKey(name.metric, name.labels));
    if (known) {
      if (name.unit !== known.unit || !isSame(name.info, known.info)) {
        Object.assign(known, { unit: name.unit, info: name.info });
        this.#journal.updateSeries(known);
        // Should this transaction fail, the next flush keeps it.
        known.changed = true;
      }
      return known.id;
    }
    const record = { ...name, first: time, last: time, flushed: 0 };
    return this.#know({ ...record, id: this.#journal.addSeries(record) }).id;
  }

  /** Has the journal keep what changed of series, in one transaction with `more`. */
  keepChanged(more: () => void = () => {}): void {
    const changed = [...this.#byId.values()].filter((series) => series.changed);
    this.#journal.transaction(() => {
      for (const series of changed) this.#journal.updateSeries(series);
      more();
    });
    for (const series of changed) series.changed = false;
  }

  /** Removes series, from the journal too. */
  remove(some: readonly Series[]): void {
    if (some.length === 0) return;
    this.#journal.transaction(() => {
      for (const { id } of some) this.#journal.removeSeries(id);
    });
    for (const series of some) this.forget(series);
  }

  /** Forgets a series that the journal does not have. */
  forget(series: Series): void {
    this.#byId.delete(series.id);
    this.#byKey.delete(seriesKey(series.metric, series.labels));
  }

  #know(record: SeriesRecord): Series {
    const series: Series = {
      ...record,
      open: new OpenPoints(),
      frozen: undefined,
      changed: false,
      latest: { time: -Infinity, value: Number.NaN },
    };
    this.#byId.set(series.id, series);
    this.#byKey.set(seriesKey(series.metric, series.labels), series);
    return series;
  }
}

/** The time of the oldest point of a series that is in memory only; Infinity where none is. */
export function oldestOpen({ open, frozen }: Series): number {
  const first = (points: OpenPoints | undefined) => points?.points().times[0] ?? Infinity;
  return Math.min(first(open), first(frozen));
}

function isSame(
  a: Record<string, string> | undefined,
  b: Record<string, string> | undefined,
): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
