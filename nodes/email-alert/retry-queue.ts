/** Time, handed in so that tests need not wait. */
export interface Clock {
  /** ms since the Unix epoch */
  now(): number;
  /** Calls back once after so many ms; returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** ms to wait after the n-th failed try, from 1: 5 s, three times as long each time, at most 10 min. */
export function retryPause(tries: number): number {
  return Math.min(5_000 * 3 ** (tries - 1), 600_000);
}

/** A waiting item as it outlives a restart. */
export interface Waiting<Item> {
  item: Item;
  /** ms since the Unix epoch */
  since: number;
  tries: number;
}

export interface RetryQueueOptions<Item, Result> {
  attempt: (item: Item, signal: AbortSignal) => Promise<Result>;
  /** whether the same attempt may succeed later */
  isTemporary: (error: unknown) => boolean;
  /** told of each failed attempt that will be followed by another */
  onRetry: (error: unknown, pause: number, tries: number) => void;
  /** the error of an item whose attempts have failed for too long */
  givenUp: (error: unknown) => Error;
  /** the error of an item that had to make room */
  dropped: () => Error;
  /** how many items may wait; one more pushes the oldest out */
  limit: number;
  /** ms after which an item is given up */
  patience: number;
  clock: Clock;
}

interface Entry<Item, Result> extends Waiting<Item> {
  resolve: (result: Result | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Does one thing after the other, in order, and each again after growing pauses while it fails for a
 * reason that may pass. Those behind wait meanwhile.
 */
export class RetryQueue<Item, Result> {
  readonly #options: RetryQueueOptions<Item, Result>;
  readonly #entries: Entry<Item, Result>[] = [];
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  #trying = false;
  #stopped = false;
  #endPause: (() => void) | undefined;

  constructor(options: RetryQueueOptions<Item, Result>) {
    this.#options = options;
  }

  /**
   * Queues an item. Resolves with its result, or with undefined where {@link stop} came first and
   * the item is still among those {@link waiting}; rejects once it has failed for good.
   */
  push(item: Item, { since = this.#options.clock.now(), tries = 0 } = {}) {
    return new Promise<Result | undefined>((resolve, reject) => {
      if (this.#entries.length >= this.#options.limit) {
        const [oldest] = this.#entries.splice(this.#trying ? 1 : 0, 1);
        oldest?.reject(this.#options.dropped());
      }
      this.#entries.push({ item, since, tries, resolve, reject });
      if (this.#stopped) resolve(undefined);
      else this.#running ??= this.#run();
    });
  }

  /** What waits or is being tried, oldest first. */
  waiting(): Waiting<Item>[] {
    return this.#entries.map(({ item, since, tries }) => ({ item, since, tries }));
  }

  /** Starts nothing more, and breaks off after `grace` ms what is being tried. */
  async stop(grace: number): Promise<void> {
    this.#stopped = true;
    this.#endPause?.();
    const cancel = this.#options.clock.after(grace, () => this.#abort.abort());
    await this.#running;
    cancel();
    for (const entry of this.#entries) entry.resolve(undefined);
  }

  async #run() {
    while (this.#entries.length > 0 && !this.#stopped) await this.#try(this.#entries[0]!);
    this.#running = undefined;
  }

  async #try(entry: Entry<Item, Result>) {
    const { attempt, clock, givenUp, isTemporary, onRetry, patience } = this.#options;
    this.#trying = true;
    try {
      const result = await attempt(entry.item, this.#abort.signal);
      this.#entries.shift();
      entry.resolve(result);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      if (!isTemporary(error) || clock.now() - entry.since >= patience) {
        this.#entries.shift();
        entry.reject(isTemporary(error) ? givenUp(error) : error);
        return;
      }
      this.#trying = false;
      const pause = retryPause(++entry.tries);
      onRetry(error, pause, entry.tries);
      await this.#pause(pause);
    } finally {
      this.#trying = false;
    }
  }

  async #pause(ms: number) {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
    this.#endPause = undefined;
  }
}
