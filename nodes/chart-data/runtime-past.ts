import { type Clock, systemClock } from '../shared/clock.ts';
import type { Adapter } from '../shared/red/adapter.ts';
import type { AnyHistory } from '../shared/red/history-node.ts';

/** ms after which a database that failed is asked again */
const retryAfter = 30_000;
/** ms between two readings of what comes in meanwhile, at the least; the first one is on the disk by then */
const renewEvery = 10_000;

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
  readonly #adapter: Pick<Adapter, 'closing' | 'fail'>;
  readonly #changed: () => void;
  readonly #clock: Clock;
  #reading = new AbortController();
  #stopWaiting = () => {};
  #isReading = false;
  /** whether it is to read as soon as may be */
  #isStale = false;

  /**
   * @param find gives the database; throws where there is none
   * @param changed is called after each reading, also one that failed
   */
  constructor(
    find: () => () => Promise<AnyHistory>,
    reader: PastReader,
    adapter: Pick<Adapter, 'closing' | 'fail'>,
    changed: () => void,
    clock = systemClock,
  ) {
    this.#find = find;
    this.#reader = reader;
    this.#adapter = adapter;
    this.#changed = changed;
    this.#clock = clock;
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
    this.#isReading = true;
    this.#isStale = false;
    await this.#read(all, signal);
    if (signal.aborted) return;
    this.#isReading = false;
    this.#changed();
    const usual = this.#isStale ? renewEvery : this.#reader.readAfter;
    const after = this.failed ? retryAfter : usual;
    if (after !== undefined) this.#readAfter(after);
  }

  /** Has it read soon what may have changed, because a reading came that is in the database too. */
  renew(): void {
    if (this.#isStale || this.#adapter.closing.aborted) return;
    this.#isStale = true;
    if (this.#isReading || this.failed) return;
    this.#stopWaiting();
    this.#readAfter(renewEvery);
  }

  #readAfter(delay: number): void {
    this.#stopWaiting = this.#clock.after(delay, () => void this.follow(this.failed));
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
