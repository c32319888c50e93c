import { systemClock } from '../shared/clock.ts';
import type { Adapter } from '../shared/red/adapter.ts';
import type { AnyHistory } from '../shared/red/history-node.ts';

/** ms after which a database that failed is asked again */
const retryAfter = 30_000;

/** What is read from a database. */
export interface PastReader {
  /** Reads all, or what may have changed since. Rejects as the history does, or where `signal` is aborted. */
  read: (history: AnyHistory, all: boolean, signal: AbortSignal) => Promise<void>;
  /** ms after which there is more to read; undefined where there never is */
  readonly readAfter: number | undefined;
}

/** Has a chart know what a history database has for it. */
export class Past {
  /** Whether the database could not be read last. */
  failed = false;
  readonly #find: () => () => Promise<AnyHistory>;
  readonly #reader: PastReader;
  readonly #adapter: Adapter;
  readonly #changed: () => void;
  #reading = new AbortController();
  #stopWaiting = () => {};

  /**
   * @param find gives the database; throws where there is none
   * @param changed is called after each reading, also one that failed
   */
  constructor(
    find: () => () => Promise<AnyHistory>,
    reader: PastReader,
    adapter: Adapter,
    changed: () => void,
  ) {
    this.#find = find;
    this.#reader = reader;
    this.#adapter = adapter;
    this.#changed = changed;
    adapter.closing.addEventListener('abort', () => {
      this.#stopWaiting();
      this.#reading.abort();
    });
  }

  /** Reads all, and again where that fails; then what changes, from time to time. Never rejects. */
  async follow(all = true): Promise<void> {
    this.#stopWaiting();
    // Only the last one asked for counts.
    this.#reading.abort();
    const { signal } = (this.#reading = new AbortController());
    if (this.#adapter.closing.aborted) return;
    await this.#read(all, signal);
    if (signal.aborted) return;
    this.#changed();
    const after = this.failed ? retryAfter : this.#reader.readAfter;
    if (after === undefined) return;
    this.#stopWaiting = systemClock.after(after, () => void this.follow(this.failed));
  }

  // A failure is told of once, until it is over.
  async #read(all: boolean, signal: AbortSignal): Promise<void> {
    try {
      const history = await this.#find()();
      signal.throwIfAborted();
      await this.#reader.read(history, all, signal);
      this.failed = false;
    } catch (error) {
      if (signal.aborted) return;
      if (!this.failed) this.#adapter.fail(error);
      this.failed = true;
    }
  }
}
