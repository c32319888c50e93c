import { join } from 'node:path';
import { blockLength, Flusher } from './flush.ts';
import { type Batch, Journal, type SeriesRecord } from './journal.ts';
import { Outbox } from './outbox.ts';
import { Partitions, type PartitionsOptions } from './partitions.ts';
import { between, merged, type Points } from './points.ts';
import { type Retention, Sweeper, timesTaken } from './retention.ts';
import { oldestOpen, type Series, SeriesList, type SeriesName } from './series-list.ts';
import type { Summary } from './summary.ts';
import { type Tier, type TierName } from './tier.ts';

/** readings in memory, of all series, that make all series a block */
const mostInMemory = 1e6;
/** ms after which what is in memory becomes blocks */
const longestInMemory = 2 * 3_600_000;

export interface StoreOptions extends PartitionsOptions {
  /** ms of a clock that never jumps */
  steady: () => number;
  retention: Retention;
}

/** How many readings of a batch were not taken, and why. */
export interface Refused {
  /** older than the raw readings that are kept */
  late: number;
  /** of a time more than 10 minutes ahead */
  early: number;
}

/** The last value of a series. */
export type LatestValue = Pick<SeriesRecord, 'metric' | 'labels' | 'unit'> & {
  time: number;
  value: number;
};

/** What is kept, for people. */
export interface StoreStatus {
  series: number;
  /** raw readings, those in memory too */
  readings: number;
  /** bytes of all files */
  size: number;
  /** readings that are not in blocks yet */
  inMemory: number;
  /** ms since the Unix epoch; undefined where there is none */
  oldest: number | undefined;
}

/**
 * The history of many series in a folder of SQLite files: a journal of what came last, and partitions of
 * compressed blocks for each tier and span of time. Retention removes whole files.
 */
export class Store {
  readonly #options: StoreOptions;
  readonly #journal: Journal;
  readonly #series: SeriesList;
  readonly #partitions: Partitions;
  readonly #flusher: Flusher;
  readonly #sweeper: Sweeper;
  /** what is to go on to others */
  readonly outbox: Outbox;
  #generation: number;
  #inMemory = 0;
  #since: number;
  #flushing = false;

  /** Opens a folder, and makes it where there is none. Throws a JournalError, or the system's. */
  constructor(folder: string, options: StoreOptions) {
    this.#options = options;
    this.#partitions = new Partitions(folder, options);
    this.#journal = new Journal(join(folder, 'journal.db'), options.open);
    this.outbox = new Outbox(this.#journal, join(folder, 'outbox.db'), options);
    this.#series = new SeriesList(this.#journal);
    const parts = { partitions: this.#partitions, series: this.#series, outbox: this.outbox };
    this.#flusher = new Flusher({ ...parts, journal: this.#journal, steady: options.steady });
    this.#sweeper = new Sweeper(this.#partitions, this.#series, this.outbox);
    this.#generation = this.#journal.generation() + 1;
    this.#since = options.now();
    const kept = this.#journal.batches((error) => options.leftOut?.('journal.db', error));
    for (const { batch, generation } of kept) this.#take(batch, generation);
  }

  /** All series, in no order. */
  get series(): Iterable<Series> {
    return this.#series.all();
  }

  /** The name of a series, by its id; undefined where nothing of it is kept any more. */
  nameOf(id: number): SeriesName | undefined {
    return this.#series.get(id);
  }

  /**
   * Keeps readings: they are on the disk when it returns. Throws SQLite's error, and has kept none then.
   * @param names of the series that the batch gives by their places there
   */
  append(names: readonly SeriesName[], batch: Batch): Refused {
    const refused: Refused = { late: 0, early: 0 };
    const { from, to } = timesTaken(this.#options.retention, this.#options.now());
    const { times, values } = batch;
    const places = new Uint32Array(times.length);
    let length = 0;
    for (let i = 0; i < times.length; i++) {
      if (times[i]! < from) refused.late++;
      else if (times[i]! > to) refused.early++;
      else places[length++] = i;
    }
    if (length === 0) return refused;
    const taken = {
      series: new Float64Array(length),
      times: new Float64Array(length),
      values: new Float64Array(length),
    };
    const fresh: number[] = [];
    const ids = new Float64Array(names.length).fill(-1);
    try {
      this.#journal.transaction(() => {
        for (let n = 0; n < length; n++) {
          const i = places[n]!;
          const name = batch.series[i]!;
          if (ids[name] === -1) {
            const before = this.#series.size;
            ids[name] = this.#series.idOf(names[name]!, times[i]!);
            if (this.#series.size > before) fresh.push(ids[name]);
          }
          taken.series[n] = ids[name]!;
          taken.times[n] = times[i]!;
          taken.values[n] = values[i]!;
        }
        this.#journal.append(taken, this.#generation);
      });
    } catch (error) {
      // Their ids are not on the disk.
      for (const id of fresh) this.#series.forget(this.#series.get(id)!);
      throw error;
    }
    this.#take(taken, this.#generation);
    return refused;
  }

  /** Whether enough is in memory for {@link flush}. */
  get isFlushDue(): boolean {
    if (this.#flushing || this.#inMemory === 0) return false;
    return (
      this.#inMemory >= Math.min(mostInMemory, Math.max(1, this.#series.size) * blockLength) ||
      Math.abs(this.#options.now() - this.#since) >= longestInMemory
    );
  }

  /**
   * Makes blocks of all that is in memory, and summaries of their spans; yields every few series. Throws
   * SQLite's error: what was not done is done by the next one.
   */
  *flush(): Generator<void, void> {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#inMemory = 0;
    this.#since = this.#options.now();
    try {
      yield* this.#flusher.flush(this.#generation++, (readings) => (this.#inMemory += readings));
    } finally {
      this.#flushing = false;
    }
  }

  /** The raw points of a series from `from` on and before `to`. */
  raw(series: Series, from: number, to: number): Points {
    const parts = this.#partitions.parts(series.id, from, to);
    for (const points of [series.frozen, series.open]) {
      if (points) parts.push(between(points.points(), from, to));
    }
    return merged(parts);
  }

  /** From when on a tier has anything, in ms since the Unix epoch; Infinity where it has nothing. */
  begin(name: TierName): number {
    return this.#partitions.starts(name)[0] ?? Infinity;
  }

  /** The summaries of a tier whose spans begin from `from` on and before `to`, in order. */
  summaries(series: Series, tier: Tier, from: number, to: number): Summary[] {
    const found: [number, Summary][] = [];
    for (const partition of this.#partitions.overlapping(tier.name, from, to)) {
      for (let start = floor(from, tier.chunk); start < to; start += tier.chunk) {
        if (floor(start, tier.partition) !== partition.start) continue;
        const spans = this.#partitions.guarded(
          partition,
          () => partition.chunk(series.id, start),
          new Map<number, Summary>(),
        );
        for (const span of spans) if (span[0] >= from && span[0] < to) found.push(span);
      }
    }
    return found.sort(([a], [b]) => a - b).map(([, summary]) => summary);
  }

  /** The latest value of each series that has one since `from`, in ms since the Unix epoch. */
  latest(from: number): LatestValue[] {
    return [...this.#series.all()]
      .filter(({ latest }) => latest.time >= from)
      .map(({ metric, labels, unit, latest }) => ({ metric, labels, unit, ...latest }));
  }

  /** Removes what is older than it is to be kept, and the oldest of what is too much. */
  sweep(): void {
    this.#sweeper.sweep(this.#options.retention, this.#options.now());
  }

  /** How long what is kept, from the next {@link sweep} on. */
  set retention(retention: Retention) {
    this.#options.retention = retention;
  }

  get status(): StoreStatus {
    let { oldest } = this.#partitions;
    for (const series of this.#series.all()) oldest = Math.min(oldest, oldestOpen(series));
    return {
      series: this.#series.size,
      readings: this.#partitions.readings + this.#inMemory,
      size: this.#partitions.size,
      inMemory: this.#inMemory,
      oldest: oldest === Infinity ? undefined : oldest,
    };
  }

  /**
   * Copies all into a folder that is there; yields after each file how much of 1 is done. The journal is the last: what comes
   * meanwhile is in it, and what it has no more is in the files before, as long as nothing is flushed.
   */
  *copyTo(folder: string): Generator<number, void> {
    const files = this.#partitions.count + 1;
    const copying = this.#partitions.copyTo(folder);
    for (let copied = 1; !copying.next().done; copied++) yield copied / files;
    this.outbox.copyTo(join(folder, 'outbox.db'));
    this.#journal.copyTo(join(folder, 'journal.db'));
  }

  close(): void {
    this.#partitions.close();
    this.outbox.close();
    this.#journal.close();
  }

  // A flush that was cut off has some series in blocks already.
  #take({ series, times, values }: Batch, generation: number): void {
    for (let i = 0; i < times.length; i++) {
      const known = this.#series.get(series[i]!);
      if (!known) continue;
      if (times[i]! >= known.latest.time) known.latest = { time: times[i]!, value: values[i]! };
      if (generation <= known.flushed) continue;
      known.open.add(times[i]!, values[i]!);
      this.#inMemory++;
    }
  }
}

function floor(time: number, span: number): number {
  return Math.floor(time / span) * span;
}
