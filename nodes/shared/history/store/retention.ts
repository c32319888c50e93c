import type { Outbox } from './outbox.ts';
import type { Partitions } from './partitions.ts';
import type { SeriesList } from './series-list.ts';
import { type TierName, tiers } from './tier.ts';

/** How long what is kept. */
export interface Retention {
  /** ms that each tier is kept */
  ages: Readonly<Record<TierName, number>>;
  /** bytes of all files, above which the oldest go */
  size: number;
}

/** ms: a clock that is set right after a start, or another machine's, may be ahead by so much */
const mostAhead = 10 * 60_000;

/** From when to when readings are taken. @param now ms since the Unix epoch, as the answer is */
export function timesTaken({ ages }: Retention, now: number): { from: number; to: number } {
  return { from: now - ages.raw, to: now + mostAhead };
}

/** Removes what is no longer to be kept: whole files, and then the series of which nothing is left. */
export class Sweeper {
  readonly #partitions: Partitions;
  readonly #series: SeriesList;
  readonly #outbox: Outbox;

  constructor(partitions: Partitions, series: SeriesList, outbox: Outbox) {
    this.#partitions = partitions;
    this.#series = series;
    this.#outbox = outbox;
  }

  /**
   * Removes what is older than it is to be kept, and the oldest of what is too much.
   * @param now ms since the Unix epoch
   */
  sweep({ ages, size }: Retention, now: number): void {
    for (const name of ['raw', '5m', '1h'] as const) {
      for (const start of [...this.#partitions.starts(name)]) {
        if (start + tiers[name].partition <= now - ages[name]) this.#partitions.remove(name, start);
      }
    }
    // What waits for receivers that are away must not drive out what is kept.
    this.#outbox.sweep(now - ages.raw, size / 2);
    // The raw readings of long ago are the first that nobody will miss.
    for (const name of ['raw', '5m', '1h'] as const) {
      for (const start of [...this.#partitions.starts(name)]) {
        if (this.#partitions.size <= size) break;
        if (start + tiers[name].partition <= now) this.#partitions.remove(name, start);
      }
    }
    this.#removeEmpty(now);
  }

  // Series come and go with containers and links: without points they must not fill the list.
  #removeEmpty(now: number): void {
    // Batches that wait have their ids, which others may get once they are free.
    if (this.#outbox.isInUse) return;
    const oldest = Math.min(this.#partitions.oldest, now);
    const empty = [...this.#series.all()].filter(
      ({ last, open, frozen }) => last < oldest && open.length === 0 && !frozen,
    );
    this.#series.remove(empty);
  }
}
