import { systemClock } from '../shared/clock.ts';
import type { History } from '../shared/history/history.ts';
import type { Adapter } from '../shared/red/adapter.ts';
import type { Chart } from './chart.ts';
import type { PastQuery } from './past-lines.ts';

/** ms after which a database that failed is asked again */
const retryAfter = 30_000;

type Filters = Pick<PastQuery, 'metrics' | 'labels'>;

/** Has a chart know what a history database has of its readings. */
export class Past {
  /** Whether the database could not be read last. */
  failed = false;
  readonly #find: () => () => Promise<History>;
  readonly #chart: Chart;
  readonly #adapter: Adapter;
  readonly #clock: () => number;
  #reading = new AbortController();
  #stopWaiting = () => {};

  /** @param find gives the database; throws where there is none */
  constructor(
    find: () => () => Promise<History>,
    chart: Chart,
    adapter: Adapter,
    clock: () => number,
  ) {
    this.#find = find;
    this.#chart = chart;
    this.#adapter = adapter;
    this.#clock = clock;
    adapter.closing.addEventListener('abort', () => {
      this.#stopWaiting();
      this.#reading.abort();
    });
  }

  /** Reads now, and again where that fails; calls `changed` each time. */
  async follow(filters: Filters, changed: () => void): Promise<void> {
    if (this.#adapter.closing.aborted) return;
    await this.read(filters);
    changed();
    if (this.failed)
      this.#stopWaiting = systemClock.after(retryAfter, () => void this.follow(filters, changed));
  }

  /** Reads what the chart shows; never rejects. A failure is told of once, until it is over. */
  async read(filters: Filters): Promise<void> {
    // Only the last one asked for counts.
    this.#reading.abort();
    const reading = (this.#reading = new AbortController());
    try {
      const history = await this.#find()();
      reading.signal.throwIfAborted();
      const past = await this.#chart.readPast(history, filters, Date.now(), reading.signal);
      reading.signal.throwIfAborted();
      this.#chart.takePast(past, this.#clock(), Date.now());
      this.failed = false;
    } catch (error) {
      if (reading.signal.aborted) return;
      if (!this.failed) this.#adapter.fail(error);
      this.failed = true;
    }
  }
}
