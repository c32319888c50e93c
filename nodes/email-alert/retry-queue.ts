import type { Clock } from '../shared/clock.ts';

/** How long to wait after the n-th failed try, from 1: 5 s, three times as long each time, at most 10 min. */
export function retryDelayMs(tries: number): number {
  return Math.min(5_000 * 3 ** (tries - 1), 600_000);
}

/** What became of a failed attempt. */
interface Verdict {
  /** no other attempt may help */
  final: boolean;
  /** all items would have failed alike, so that all wait */
  forAll: boolean;
}

export interface RetryQueueOptions<Item, Result> {
  attempt: (item: Item, signal: AbortSignal) => Promise<Result>;
  judge: (error: unknown) => Verdict;
  /** after the n-th failure in a row, from 1 */
  retryDelayMs: (error: unknown, failures: number) => number;
  /** told of each failed attempt that will be followed by another */
  onRetry: (error: unknown, retryDelayMs: number, item: Item) => void;
  /** the error of an item whose attempts have failed for too long */
  givenUp: (error: unknown) => Error;
  /**
   * from an item's first failure of its own until it is given up, ms; what all fail by alike lasts as long as
   * it lasts
   */
  patienceMs: number;
  /** before when the items of a lane are held back, on the clock; told nothing, none is */
  notBefore?: (lane: string) => number;
  /** the one item that those held back become, all of them never tried */
  together?: (first: Item, second: Item) => Item;
  clock: Clock;
}

/** An item in the queue. */
export interface Queued<Item, Result> {
  /** as it is now, with what was added to it */
  readonly item: Item;
  /** see {@link RetryQueue.push} */
  readonly outcome: Promise<Result | undefined>;
}

/** An item that was never tried, so that it can still be added to. */
export interface Untried<Item, Result> {
  readonly item: Item;
  /** Puts another in its place. */
  extend(extended: (item: Item) => Item): void;
  /** Waits for it as {@link RetryQueue.push} does, without the result. */
  join(): Promise<Result | undefined>;
}

interface Entry<Item, Result> {
  item: Item;
  /** when it is to be tried, on the clock */
  due: number;
  failures: number;
  tried: boolean;
  /** since when it fails for reasons of its own, on the clock */
  failingSince?: number | undefined;
  /** those that wait for its outcome; the first hears of its result */
  waiters: { resolve: (result?: Result) => void; reject: (error: unknown) => void }[];
}

/**
 * Does one thing at a time, and each again after growing delays while it fails for a reason that may
 * pass. Items of one lane are done in order, those behind waiting meanwhile; lanes do not wait for each
 * other.
 */
export class RetryQueue<Item, Result> {
  readonly #options: RetryQueueOptions<Item, Result>;
  readonly #lanes = new Map<string, Entry<Item, Result>[]>();
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  #stopped = false;
  /** failures in a row that all items would have met, and until when all wait for that, on the clock */
  #failures = 0;
  #blockedUntil = -Infinity;
  #sleep: { until: number; end: () => void } | undefined;

  constructor(options: RetryQueueOptions<Item, Result>) {
    this.#options = options;
  }

  /**
   * Queues an item, to be tried after `delayMs`; one that was `tried` before, by another run, is not
   * {@link untried}. Its outcome resolves with its result, or with undefined where {@link stop} came first
   * and the item is still among the {@link entries}; it rejects once the item has failed for good.
   */
  push(item: Item, { lane = '', delayMs = 0, tried = false } = {}): Queued<Item, Result> {
    const due = this.#options.clock.steady() + delayMs;
    const entry: Entry<Item, Result> = { item, due, failures: 0, tried, waiters: [] };
    const entries = this.#lanes.get(lane);
    if (entries) entries.push(entry);
    else this.#lanes.set(lane, [entry]);
    const outcome = this.#outcome(entry);
    const queued = {
      get item() {
        return entry.item;
      },
      outcome,
    };
    if (this.#stopped) return queued;
    if (this.#sleep && this.#dueOf(lane) < this.#sleep.until) this.#sleep.end();
    this.#running ??= this.#run();
    return queued;
  }

  /**
   * The last item of a lane that was never tried and that `fits`.
   * @param fits is told the items behind it too
   */
  untried(
    lane = '',
    fits: (item: Item, behind: readonly Item[]) => boolean = () => true,
  ): Untried<Item, Result> | undefined {
    const entries = this.#lanes.get(lane) ?? [];
    const index = entries.findLastIndex(
      ({ item, tried }, i) =>
        !tried &&
        fits(
          item,
          entries.slice(i + 1).map((entry) => entry.item),
        ),
    );
    const entry = entries[index];
    if (!entry) return undefined;
    return {
      item: entry.item,
      extend: (extended) => (entry.item = extended(entry.item)),
      join: () => this.#outcome(entry),
    };
  }

  /** Puts others in the places of all items. */
  replace(replaced: (item: Item) => Item): void {
    for (const entries of this.#lanes.values()) {
      for (const entry of entries) entry.item = replaced(entry.item);
    }
  }

  /** What waits or is being tried, lane by lane, oldest first, and whether it was tried before. */
  entries(): { item: Item; tried: boolean }[] {
    return [...this.#lanes.values()].flat().map(({ item, tried }) => ({ item, tried }));
  }

  /** Starts nothing more, and breaks off after `graceMs` what is being tried. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    this.#sleep?.end();
    const cancel = this.#options.clock.after(graceMs, () => this.#abort.abort());
    await this.#running;
    cancel();
    for (const entries of this.#lanes.values()) {
      for (const entry of entries) for (const { resolve } of entry.waiters) resolve();
    }
  }

  #outcome(entry: Entry<Item, Result>): Promise<Result | undefined> {
    if (this.#stopped) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => entry.waiters.push({ resolve, reject }));
  }

  /** When the first item of a lane is due, on the clock. */
  #dueOf(lane: string): number {
    const [head] = this.#lanes.get(lane)!;
    const held = this.#options.notBefore?.(lane) ?? -Infinity;
    return Math.max(head!.due, this.#blockedUntil, held);
  }

  async #run() {
    while (!this.#stopped) {
      const lane = this.#next();
      if (lane === undefined) break;
      const waitMs = this.#dueOf(lane) - this.#options.clock.steady();
      if (waitMs > 0) await this.#wait(waitMs);
      else await this.#try(lane, this.#lanes.get(lane)![0]!);
    }
    this.#running = undefined;
  }

  /** The lane whose first item is due first. */
  #next(): string | undefined {
    let next: string | undefined;
    let earliest = Infinity;
    for (const lane of this.#lanes.keys()) {
      if (this.#isHeld(lane)) this.#putTogether(lane);
      const due = this.#dueOf(lane);
      if (due >= earliest) continue;
      next = lane;
      earliest = due;
    }
    return next;
  }

  #isHeld(lane: string): boolean {
    return (this.#options.notBefore?.(lane) ?? -Infinity) > this.#options.clock.steady();
  }

  #putTogether(lane: string) {
    const { together } = this.#options;
    const entries = this.#lanes.get(lane)!;
    const from = entries.findLastIndex(({ tried }) => tried) + 1;
    const [first, ...others] = entries.slice(from);
    if (!together || !first) return;
    for (const { item, waiters } of others) {
      first.item = together(first.item, item);
      first.waiters.push(...waiters);
    }
    entries.length = from + 1;
  }

  async #try(lane: string, entry: Entry<Item, Result>) {
    const { attempt, clock, givenUp, judge, onRetry, patienceMs } = this.#options;
    entry.tried = true;
    try {
      const result = await attempt(entry.item, this.#abort.signal);
      this.#failures = 0;
      this.#remove(lane);
      entry.waiters.forEach(({ resolve }, i) => resolve(i === 0 ? result : undefined));
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      const { final, forAll } = judge(error);
      // Time in which no item would have passed does not count.
      const since = forAll ? undefined : (entry.failingSince ?? clock.steady());
      entry.failingSince = since;
      if (final || (since !== undefined && clock.steady() - since >= patienceMs)) {
        this.#remove(lane);
        const told = final ? error : givenUp(error);
        for (const { reject } of entry.waiters) reject(told);
        return;
      }
      entry.failures++;
      this.#failures = forAll ? this.#failures + 1 : 0;
      const delayMs = this.#options.retryDelayMs(error, forAll ? this.#failures : entry.failures);
      entry.due = clock.steady() + delayMs;
      if (forAll) this.#blockedUntil = entry.due;
      onRetry(error, delayMs, entry.item);
    }
  }

  #remove(lane: string) {
    const entries = this.#lanes.get(lane)!;
    entries.shift();
    if (entries.length === 0) this.#lanes.delete(lane);
  }

  async #wait(ms: number) {
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      const end = () => {
        cancel();
        resolve();
      };
      this.#sleep = { until: this.#options.clock.steady() + ms, end };
    });
    this.#sleep = undefined;
  }
}
