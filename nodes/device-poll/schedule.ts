import type { Clock } from '../shared/clock.ts';

/**
 * Ticks for each of a number of members once an interval, spread evenly over it: member `i` of
 * `n` at `i/n` of each interval. There is one timer for all.
 */
export class Schedule {
  readonly #intervalMs: number;
  readonly #clock: Clock;
  readonly #tick: (member: number) => void;
  #members = 0;
  #start = 0;
  /** the number of ticks since the start */
  #ticks = 0;
  #cancel: (() => void) | undefined;

  constructor(intervalMs: number, clock: Clock, tick: (member: number) => void) {
    this.#intervalMs = intervalMs;
    this.#clock = clock;
    this.#tick = tick;
  }

  /** Begins with member 0 now, anew where it has begun before. */
  start(members: number): void {
    this.stop();
    this.#members = members;
    this.#start = this.#clock.steady();
    this.#ticks = 0;
    if (members > 0) this.#run();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #run(): void {
    const step = this.#intervalMs / this.#members;
    const passed = this.#clock.steady() - this.#start;
    // After a long sleep each member has one tick, not one for each interval that was missed.
    const missed = Math.floor((passed / step - this.#ticks) / this.#members);
    this.#ticks += Math.max(0, missed) * this.#members;
    while (this.#ticks * step <= passed) this.#tick(this.#ticks++ % this.#members);
    const delay = this.#start + this.#ticks * step - this.#clock.steady();
    this.#cancel = this.#clock.after(Math.max(1, Math.ceil(delay)), () => this.#run());
  }
}
