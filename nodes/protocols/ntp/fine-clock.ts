import type { Clock } from '../../shared/clock.ts';

/**
 * The time of day to a fraction of a millisecond. The system tells whole ones; but each look at both clocks
 * says within which millisecond the time of day is ahead of the steady clock, and what all looks have in
 * common is narrower.
 */
export class FineClock {
  readonly #clock: Pick<Clock, 'date' | 'steady'>;
  #least = -Infinity;
  #most = Infinity;

  constructor(clock: Pick<Clock, 'date' | 'steady'>) {
    this.#clock = clock;
  }

  /** By how much the time of day is ahead of the steady clock now, in ms since the Unix epoch. */
  ahead(): number {
    const before = this.#clock.steady();
    const date = this.#clock.date();
    const least = date - this.#clock.steady();
    const most = date + 1 - before;
    // It was set, or slewed long enough, if it cannot be what it was.
    const wasSet = least > this.#most || most < this.#least;
    this.#least = wasSet ? least : Math.max(least, this.#least);
    this.#most = wasSet ? most : Math.min(most, this.#most);
    return (this.#least + this.#most) / 2;
  }
}
