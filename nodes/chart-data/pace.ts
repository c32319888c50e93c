import { type Clock, systemClock } from '../shared/clock.ts';

/** Calls when asked to, but never twice within an interval; what is asked in between comes late, once. */
export class Pace {
  readonly #interval: number;
  readonly #call: () => void;
  readonly #clock: Clock;
  #last = -Infinity;
  #due = Infinity;
  #callOff: (() => void) | undefined;

  /** @param interval ms between two calls at the least */
  constructor(interval: number, call: () => void, clock: Clock = systemClock) {
    this.#interval = interval;
    this.#call = call;
    this.#clock = clock;
  }

  /** Asks for a call at a time, or as soon as may be; an earlier one asked for before stays. */
  ask(time = -Infinity): void {
    const now = this.#clock.steady();
    const due = Math.max(time, now, this.#last + this.#interval);
    if (due >= this.#due) return;
    this.stop();
    if (due <= now) {
      this.#run(now);
      return;
    }
    this.#due = due;
    this.#callOff = this.#clock.after(due - now, () => {
      this.#due = Infinity;
      this.#callOff = undefined;
      this.ask(due);
    });
  }

  /** Calls off what is asked for. */
  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#due = Infinity;
  }

  #run(now: number) {
    this.#last = now;
    this.#call();
  }
}
