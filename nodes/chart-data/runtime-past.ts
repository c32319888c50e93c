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

  /**
   * Reads what the chart shows, and again where that fails; then what changes beside its lines, from time to
   * time. Calls `changed` each time; never rejects.
   */
  async follow(filters: Filters, changed: () => void, withLines = true): Promise<void> {
    this.#stopWaiting();
    // Only the last one asked for counts.
    this.#reading.abort();
    const reading = (this.#reading = new AbortController());
    if (this.#adapter.closing.aborted) return;
    await this.#read(filters, withLines, reading.signal);
    if (reading.signal.aborted) return;
    changed();
    const after = this.failed ? retryAfter : this.#chart.besideAfter;
    if (after === undefined) return;
    const again = () => void this.follow(filters, changed, this.failed);
    this.#stopWaiting = systemClock.after(after, again);
  }

  // A failure is told of once, until it is over.
  async #read(filters: Filters, withLines: boolean, signal: AbortSignal): Promise<void> {
    const chart = this.#chart;
    try {
      const history = await this.#find()();
      if (withLines) {
        const past = await chart.readPast(history, filters, Date.now(), signal);
        signal.throwIfAborted();
        chart.takePast(past, this.#clock(), Date.now());
      }
      await chart.readBeside(history, filters, Date.now(), signal);
      this.failed = false;
    } catch (error) {
      if (signal.aborted) return;
      if (!this.failed) this.#adapter.fail(error);
      this.failed = true;
    }
  }
}
