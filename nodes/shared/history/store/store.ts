import { join } from 'node:path';
import { seriesKey } from '../../../contract/reading.ts';
import { type Batch, Journal, type SeriesRecord } from './journal.ts';
import { Outbox } from './outbox.ts';
import type { Partition } from './partition.ts';
import { Partitions, type PartitionsOptions } from './partitions.ts';
import { between, merged, OpenPoints, type Points } from './points.ts';
import { type Summary, summarizeSpans } from './summary.ts';
import { type Tier, type TierName, tiers } from './tier.ts';

/** points of a series that are made a block */
const blockLength = 512;
/** readings in memory, of all series, that make all series a block */
const mostInMemory = 1e6;
/** ms after which what is in memory becomes blocks */
const longestInMemory = 2 * 3_600_000;
/** series at most between two yields of a flush, and ms that they are to take */
const mostInSlice = 25;
const sliceMs = 20;
/** ms: a clock that is set right after a start, or another machine's, may be ahead by so much */
const mostAhead = 10 * 60_000;

export interface Retention {
  /** ms that each tier is kept */
  ages: Readonly<Record<TierName, number>>;
  /** bytes of all files, above which the oldest go */
  size: number;
}

export interface StoreOptions extends PartitionsOptions {
  /** ms of a clock that never jumps */
  steady: () => number;
  retention: Retention;
}

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
  readonly #series = new Map<number, Series>();
  readonly #byKey = new Map<string, Series>();
  readonly #partitions: Partitions;
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
    for (const record of this.#journal.series()) this.#know(record);
    this.#generation = this.#journal.generation() + 1;
    this.#since = options.now();
    const kept = this.#journal.batches((error) => options.damaged?.('journal.db', error));
    for (const { batch, generation } of kept) this.#take(batch, generation);
  }

  /** All series, in no order. */
  get series(): Iterable<Series> {
    return this.#series.values();
  }

  /** The name of a series, by its id; undefined where nothing of it is kept any more. */
  nameOf(id: number): SeriesName | undefined {
    return this.#series.get(id);
  }

  /** The id of a series, which is new within the journal's transaction. */
  #idOf(name: SeriesName, time: number): number {
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

  /**
   * Keeps readings: they are on the disk when it returns. Throws SQLite's error, and has kept none then.
   * @param names of the series that the batch gives by their places there
   */
  append(names: readonly SeriesName[], batch: Batch): Refused {
    const refused: Refused = { late: 0, early: 0 };
    const now = this.#options.now();
    const [from, to] = [now - this.#options.retention.ages.raw, now + mostAhead];
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
            ids[name] = this.#idOf(names[name]!, times[i]!);
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
      for (const id of fresh) this.#forget(this.#series.get(id)!);
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
    const generation = this.#generation++;
    const frozen: Series[] = [];
    for (const series of this.#series.values()) {
      if (series.open.length === 0) continue;
      series.frozen = series.open;
      series.open = new OpenPoints();
      frozen.push(series);
    }
    this.#inMemory = 0;
    this.#since = this.#options.now();
    try {
      for (let i = 0, count = mostInSlice; i < frozen.length;) {
        const begin = this.#options.steady();
        this.#flushSome(frozen.slice(i, i + count), generation);
        i += count;
        // Others wait for the thread meanwhile, and some series take long.
        const took = Math.max(1, this.#options.steady() - begin);
        count = Math.ceil(Math.min(mostInSlice, (count * sliceMs) / took));
        yield;
      }
      yield* this.outbox.keep(generation);
      this.#journal.transaction(() => {
        this.outbox.save();
        this.#keepChanged();
        this.#journal.drop(generation);
      });
    } finally {
      // Where it failed or was left: what is no block yet is in memory as before.
      for (const series of frozen) this.#thaw(series);
      this.#flushing = false;
    }
  }

  #keepChanged(): void {
    for (const series of this.#series.values()) {
      if (series.changed) this.#journal.updateSeries(series);
      series.changed = false;
    }
  }

  #thaw(series: Series): void {
    if (!series.frozen) return;
    const { times, values } = merged([series.frozen.points(), series.open.points()]);
    series.open = new OpenPoints(Math.max(16, times.length));
    for (const [i, time] of times.entries()) series.open.add(time, values[i]!);
    this.#inMemory += series.frozen.length;
    series.frozen = undefined;
  }

  // Blocks first, then summaries of them, then that both are kept: what is cut off before is done again.
  #flushSome(some: readonly Series[], generation: number): void {
    const { partition: span } = tiers.raw;
    const spans = new Map<number, { series: Series; points: Points }[]>();
    for (const series of some) {
      const points = series.frozen!.points();
      for (let at = 0; at < points.times.length;) {
        const start = floor(points.times[at]!, span);
        const part = between(points, start, start + span);
        let parts = spans.get(start);
        if (!parts) spans.set(start, (parts = []));
        parts.push({ series, points: part });
        at += part.times.length;
      }
    }
    for (const [start, parts] of spans) this.#writeBlocks(this.#partitions.at('raw', start), parts);
    for (const tier of [tiers['5m'], tiers['1h']]) this.#summarizeAll(tier, some);
    this.#journal.transaction(() => {
      for (const series of some) {
        const { times } = series.frozen!.points();
        this.#journal.updateSeries({
          ...series,
          first: Math.min(series.first, times[0]!),
          last: Math.max(series.last, times.at(-1)!),
          flushed: generation,
        });
      }
    });
    for (const series of some) {
      const { times } = series.frozen!.points();
      series.first = Math.min(series.first, times[0]!);
      series.last = Math.max(series.last, times.at(-1)!);
      series.flushed = generation;
      series.changed = false;
      series.frozen = undefined;
    }
  }

  #writeBlocks(partition: Partition, parts: readonly { series: Series; points: Points }[]): void {
    partition.transaction(() => {
      const known: { times: Float64Array; id: number }[] = [];
      for (const { series, points } of parts) {
        for (let i = 0; i < points.times.length; i += blockLength) {
          const block = {
            times: points.times.subarray(i, i + blockLength),
            values: points.values.subarray(i, i + blockLength),
          };
          let shared = known.find(({ times }) => areEqual(times, block.times));
          if (!shared) {
            shared = { times: block.times, id: partition.addTimes(block.times) };
            known.push(shared);
          }
          partition.addBlock(series.id, block, shared.id);
        }
      }
      partition.addToTotal(parts.reduce((sum, { points }) => sum + points.times.length, 0));
    });
  }

  // Spans are summarized anew from all their raw points, so that late and repeated ones count once.
  #summarizeAll(tier: Tier, some: readonly Series[]): void {
    const rows = new Map<Partition, { series: Series; chunk: number; points: Points }[]>();
    for (const series of some) {
      const { times } = series.frozen!.points();
      const from = floor(times[0]!, tier.step);
      const to = floor(times.at(-1)!, tier.step) + tier.step;
      const points = merged(this.#parts(series, from, to));
      for (let chunk = floor(from, tier.chunk); chunk < to; chunk += tier.chunk) {
        const part = between(points, chunk, chunk + tier.chunk);
        if (part.times.length === 0) continue;
        const partition = this.#partitions.at(tier.name, floor(chunk, tier.partition));
        let list = rows.get(partition);
        if (!list) rows.set(partition, (list = []));
        list.push({ series, chunk, points: part });
      }
    }
    for (const [partition, list] of rows) {
      partition.transaction(() => {
        for (const { series, chunk, points } of list) {
          const spans = partition.chunk(series.id, chunk);
          for (const [start, summary] of summarizeSpans(points, tier.step)) {
            spans.set(start, summary);
          }
          partition.setChunk(series.id, chunk, spans);
        }
      });
    }
  }

  /** The raw points of a series from `from` on and before `to`. */
  raw(series: Series, from: number, to: number): Points {
    const parts = this.#parts(series, from, to);
    for (const points of [series.frozen, series.open]) {
      if (points) parts.push(between(points.points(), from, to));
    }
    return merged(parts);
  }

  // Those in blocks.
  #parts(series: Series, from: number, to: number): Points[] {
    return this.#partitions
      .overlapping('raw', from, to)
      .flatMap((partition) =>
        this.#partitions.guarded(partition, () => partition.parts(series.id, from, to), []),
      );
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

  /** The time of the oldest point of a series that is in memory only; Infinity where none is. */
  oldestOpen(series: Series): number {
    const first = (points: OpenPoints | undefined) => points?.points().times[0] ?? Infinity;
    return Math.min(first(series.open), first(series.frozen));
  }

  /** The latest value of each series that has one since `from`, in ms since the Unix epoch. */
  latest(from: number): LatestValue[] {
    return [...this.#series.values()]
      .filter(({ latest }) => latest.time >= from)
      .map(({ metric, labels, unit, latest }) => ({ metric, labels, unit, ...latest }));
  }

  /** Removes what is older than it is to be kept, and the oldest of what is too much. */
  sweep(): void {
    const now = this.#options.now();
    const { ages, size } = this.#options.retention;
    for (const name of ['raw', '5m', '1h'] as const) {
      for (const start of [...this.#partitions.starts(name)]) {
        if (start + tiers[name].partition <= now - ages[name]) this.#partitions.remove(name, start);
      }
    }
    // What waits for receivers that are away must not drive out what is kept.
    this.outbox.sweep(now - ages.raw, size / 2);
    // The raw readings of long ago are the first that nobody will miss.
    for (const name of ['raw', '5m', '1h'] as const) {
      for (const start of [...this.#partitions.starts(name)]) {
        if (this.#partitions.size <= size) break;
        if (start + tiers[name].partition <= now) this.#partitions.remove(name, start);
      }
    }
    this.#forgetEmpty();
  }

  /** How long what is kept, from the next {@link sweep} on. */
  set retention(retention: Retention) {
    this.#options.retention = retention;
  }

  get status(): StoreStatus {
    const oldest = Math.min(
      this.#partitions.oldest,
      ...Array.from(this.#series.values(), (series) => this.oldestOpen(series)),
    );
    return {
      series: this.#series.size,
      readings: this.#partitions.readings + this.#inMemory,
      size: this.#partitions.size,
      inMemory: this.#inMemory,
      oldest: oldest === Infinity ? undefined : oldest,
    };
  }

  /**
   * Copies all into a folder that is there; yields after each file. The journal is the last: what comes
   * meanwhile is in it, and what it has no more is in the files before, as long as nothing is flushed.
   */
  *copyTo(folder: string): Generator<void, void> {
    yield* this.#partitions.copyTo(folder);
    this.outbox.copyTo(join(folder, 'outbox.db'));
    this.#journal.copyTo(join(folder, 'journal.db'));
  }

  close(): void {
    this.#partitions.close();
    this.outbox.close();
    this.#journal.close();
  }

  #know(record: SeriesRecord): Series {
    const series: Series = {
      ...record,
      open: new OpenPoints(),
      frozen: undefined,
      changed: false,
      latest: { time: -Infinity, value: Number.NaN },
    };
    this.#series.set(series.id, series);
    this.#byKey.set(seriesKey(series.metric, series.labels), series);
    return series;
  }

  #forget(series: Series): void {
    this.#series.delete(series.id);
    this.#byKey.delete(seriesKey(series.metric, series.labels));
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

  // Series come and go with containers and links: without points they must not fill the list.
  #forgetEmpty(): void {
    // Batches that wait have their ids, which others may get once they are free.
    if (this.outbox.isInUse) return;
    const oldest = Math.min(this.#partitions.oldest, this.#options.now());
    const empty = [...this.#series.values()].filter(
      ({ last, open, frozen }) => last < oldest && open.length === 0 && !frozen,
    );
    if (empty.length === 0) return;
    this.#journal.transaction(() => {
      for (const { id } of empty) this.#journal.removeSeries(id);
    });
    for (const series of empty) this.#forget(series);
  }
}

function floor(time: number, span: number): number {
  return Math.floor(time / span) * span;
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isSame(
  a: Record<string, string> | undefined,
  b: Record<string, string> | undefined,
): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
