import type { Journal } from './journal.ts';
import type { Outbox } from './outbox.ts';
import type { KeptTimes, Partition } from './partition.ts';
import type { Partitions } from './partitions.ts';
import { between, merged, OpenPoints, type Points } from './points.ts';
import type { Series, SeriesList } from './series-list.ts';
import { summarizeSpans } from './summary.ts';
import { type Tier, tiers } from './tier.ts';

/** points of a series that are made a block */
export const blockLength = 512;
/** series between two yields, at first and at most, and ms that they are to take */
const firstInSlice = 25;
const mostInSlice = 200;
const sliceMs = 20;
/** series whose blocks may be made once more after the thread was ended */
const mostUnkept = 1000;

/** What a flush works on. */
export interface FlushParts {
  journal: Journal;
  partitions: Partitions;
  series: SeriesList;
  outbox: Outbox;
  /** ms of a clock that never jumps */
  steady: () => number;
}

/** Makes blocks of what is in memory, and summaries of their spans. */
export class Flusher {
  readonly #on: FlushParts;

  constructor(on: FlushParts) {
    this.#on = on;
  }

  /**
   * Makes blocks of all that is in memory; yields every few series. Throws SQLite's error, or is left: then what is
   * no block yet is in memory as before.
   * @param generation up to which the journal has what is in memory
   * @param thawed is told how many readings are in memory as before
   */
  *flush(generation: number, thawed: (readings: number) => void): Generator<void, void> {
    const { journal, outbox, partitions, series: list, steady } = this.#on;
    const frozen: Series[] = [];
    for (const series of list.all()) {
      if (series.open.length === 0) continue;
      series.frozen = series.open;
      series.open = new OpenPoints();
      frozen.push(series);
    }
    try {
      let unkept = 0;
      for (let i = 0, count = firstInSlice; i < frozen.length;) {
        const begin = steady();
        this.#flushSome(frozen.slice(i, i + count), generation);
        i += count;
        unkept += count;
        // Others wait for the thread meanwhile, and some series take long.
        const took = Math.max(1, steady() - begin);
        count = Math.ceil(Math.min(mostInSlice, (count * sliceMs) / took));
        yield;
        if (unkept < mostUnkept) continue;
        yield* partitions.sync();
        list.keepChanged();
        unkept = 0;
      }
      yield* outbox.keep(generation);
      // The journal may only say so of blocks, and lose what is in them, once the disk has them.
      yield* partitions.sync();
      list.keepChanged(() => {
        outbox.save();
        journal.drop(generation);
      });
    } finally {
      thawed(frozen.reduce((sum, series) => sum + thaw(series), 0));
    }
  }

  // Blocks first, then summaries of them: what is cut off before the journal says that both are kept is done
  // again, and to wait for the disk once for many series spares it most of what is written.
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
    for (const [start, parts] of spans) {
      this.#on.partitions.write('raw', start, (partition) => writeBlocks(partition, parts));
    }
    for (const tier of [tiers['5m'], tiers['1h']]) this.#summarizeAll(tier, some);
    for (const series of some) {
      const { times } = series.frozen!.points();
      series.first = Math.min(series.first, times[0]!);
      series.last = Math.max(series.last, times.at(-1)!);
      series.flushed = generation;
      series.changed = true;
      series.frozen = undefined;
    }
  }

  // Spans are summarized anew from all their raw points, so that late and repeated ones count once.
  #summarizeAll(tier: Tier, some: readonly Series[]): void {
    const rows = new Map<number, { series: Series; chunk: number; points: Points }[]>();
    for (const series of some) {
      const { times } = series.frozen!.points();
      const from = floor(times[0]!, tier.step);
      const to = floor(times.at(-1)!, tier.step) + tier.step;
      const points = merged(this.#on.partitions.parts(series.id, from, to));
      for (let chunk = floor(from, tier.chunk); chunk < to; chunk += tier.chunk) {
        const part = between(points, chunk, chunk + tier.chunk);
        if (part.times.length === 0) continue;
        const start = floor(chunk, tier.partition);
        let list = rows.get(start);
        if (!list) rows.set(start, (list = []));
        list.push({ series, chunk, points: part });
      }
    }
    for (const [start, list] of rows) {
      this.#on.partitions.write(tier.name, start, (partition) =>
        partition.transaction(() => {
          for (const { series, chunk, points } of list) {
            const spans = partition.chunk(series.id, chunk);
            for (const [begin, summary] of summarizeSpans(points, tier.step)) {
              spans.set(begin, summary);
            }
            partition.setChunk(series.id, chunk, spans);
          }
        }),
      );
    }
  }
}

function writeBlocks(
  partition: Partition,
  parts: readonly { series: Series; points: Points }[],
): void {
  // What came late, and a flush that is done again, meet blocks of their time, and are put together with them.
  const wholes = parts.map(({ series, points: { times, values } }) => {
    const old = partition.overlapped(series.id, times[0]!, times.at(-1)!);
    return { series, old, points: merged([...old.map(({ points }) => points), { times, values }]) };
  });
  partition.transaction(() => {
    const known: (KeptTimes & { times: Float64Array })[] = [];
    for (const { series, old, points } of wholes) {
      for (const block of old) partition.removeBlock(block);
      for (let i = 0; i < points.times.length; i += blockLength) {
        const block = {
          times: points.times.subarray(i, i + blockLength),
          values: points.values.subarray(i, i + blockLength),
        };
        let shared = known.find(({ times }) => areEqual(times, block.times));
        if (!shared) {
          shared = { times: block.times, ...partition.addTimes(block.times) };
          known.push(shared);
        }
        partition.addBlock(series.id, block, shared);
      }
    }
    partition.addToTotal(wholes.reduce((sum, { points }) => sum + points.times.length, 0));
  });
}

// What is frozen is open again. Returns how many readings that were.
function thaw(series: Series): number {
  const { frozen } = series;
  if (!frozen) return 0;
  const { times, values } = merged([frozen.points(), series.open.points()]);
  series.open = new OpenPoints(Math.max(16, times.length));
  for (const [i, time] of times.entries()) series.open.add(time, values[i]!);
  series.frozen = undefined;
  return frozen.length;
}

function floor(time: number, span: number): number {
  return Math.floor(time / span) * span;
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
