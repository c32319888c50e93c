import type { Availability } from '../contract/pages.ts';
import type { History } from '../shared/history/history.ts';
import { readAvailability } from '../shared/history/read-availability.ts';

/** ms for which an answer is good */
const goodFor = 5 * 60_000;
/** ms after which a history that failed is asked again */
const retryAfter = 30_000;
const mostSeries = 10_000;

/** How available devices were, as a history has it: asked in the background, for it takes its time. */
export class PastUptime {
  readonly #history: () => Promise<Pick<History, 'read'>>;
  readonly #signal: AbortSignal;
  #byDevice: ReadonlyMap<string, Availability> = new Map();
  #askAgain = -Infinity;

  constructor(history: () => Promise<Pick<History, 'read'>>, signal: AbortSignal) {
    this.#history = history;
    this.#signal = signal;
  }

  /** What is known of a device; undefined where nothing is, or not yet. */
  of(device: string): Availability | undefined {
    return this.#byDevice.get(device);
  }

  /**
   * Asks anew where what is known is old. Rejects as the history does.
   * @param now ms since the Unix epoch
   */
  async refresh(now: number): Promise<void> {
    if (now < this.#askAgain) return;
    this.#askAgain = now + retryAfter;
    const asked = { labels: '', limit: mostSeries };
    const { rows } = await readAvailability(await this.#history(), asked, now, this.#signal);
    this.#byDevice = new Map(
      rows.map(({ device, bar, up24h, up30d }) => [
        device as string,
        { slices: bar, day: up24h, month: up30d },
      ]),
    );
    this.#askAgain = now + goodFor;
  }
}
