import type { Clock } from '../shared/clock.ts';

/**
 * Gives each of a number of members its turn once an interval, spread evenly over it: member `i` of
 * `n` at `i/n` of each interval. There is one timer for all.
 */
export class Schedule {
  readonly #interval: number;
  readonly #clock: Clock;
  readonly #turn: (member: number) => void;
  #members = 0;
  #start = 0;
  /** the number of turns since the start */
  #turns = 0;
  #cancel: (() => void) | undefined;

  /** @param interval ms */
  constructor(interval: number, clock: Clock, turn: (member: number) => void) {
    this.#interval = interval;
    this.#clock = clock;
    this.#turn = turn;
  }

  /** Begins with member 0 now, anew where it has begun before. */
  start(members: number): void {
    this.stop();
    this.#members = members;
    this.#start = this.#clock.steady();
    this.#turns = 0;
    if (members > 0) this.#tick();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tick(): void {
    const step = this.#interval / this.#members;
    const passed = this.#clock.steady() - this.#start;
    // After a long sleep each member has one turn, not one for each interval that was missed.
    const missed = Math.floor((passed / step - this.#turns) / this.#members);
    this.#turns += Math.max(0, missed) * this.#members;
    while (this.#turns * step <= passed) this.#turn(this.#turns++ % this.#members);
    const delay = this.#start + this.#turns * step - this.#clock.steady();
    this.#cancel = this.#clock.after(Math.max(1, Math.ceil(delay)), () => this.#tick());
  }
}
