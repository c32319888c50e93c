/** A clock, in ms from any beginning, that never runs backwards, and its alarm. */
export interface Clock {
  now(): number;
  /** Calls back after `delay` ms. Returns what calls it off. */
  alarm(callback: () => void, delay: number): () => void;
}

/** This machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  alarm(callback, delay) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

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
    this.#start = this.#clock.now();
    this.#turns = 0;
    if (members > 0) this.#tick();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tick(): void {
    const step = this.#interval / this.#members;
    const passed = this.#clock.now() - this.#start;
    // After a long sleep each member has one turn, not one for each interval that was missed.
    const missed = Math.floor((passed / step - this.#turns) / this.#members);
    this.#turns += Math.max(0, missed) * this.#members;
    while (this.#turns * step <= passed) this.#turn(this.#turns++ % this.#members);
    const delay = this.#start + this.#turns * step - this.#clock.now();
    this.#cancel = this.#clock.alarm(() => this.#tick(), Math.max(1, Math.ceil(delay)));
  }
}
