import { EventEmitter, once } from 'node:events';
import type { Clock } from '../../nodes/shared/clock.ts';

interface Timer {
  at: number;
  callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  /** the length of every timer so far, ms */
  readonly lengths: number[] = [];
  readonly #timers = new Set<Timer>();
  readonly #events = new EventEmitter();
  readonly #perLook: number;
  #steady: number;
  /** what the date is ahead of the steady time, ms */
  #ahead: number;

  /**
   * @param date the same as the steady time unless told
   * @param perLook ms by which it goes on whenever somebody looks at it: what is done takes time
   */
  constructor({
    steady = 0,
    date = steady,
    perLook = 0,
  }: { steady?: number; date?: number; perLook?: number } = {}) {
    this.#perLook = perLook;
    this.#steady = steady;
    this.#ahead = date - steady;
  }

  readonly date = (): number => this.#steady + this.#ahead;

  readonly steady = (): number => (this.#steady += this.#perLook);

  readonly after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.#steady + ms, callback };
    this.#timers.add(timer);
    this.lengths.push(ms);
    this.#events.emit('timer');
    return () => this.#timers.delete(timer);
  };

  /** how many timers are set */
  get timers(): number {
    return this.#timers.size;
  }

  /** Sets the date, as a user or a time server does. */
  setDate(date: number): void {
    this.#ahead = date - this.#steady;
  }

  /** Lets time pass as it does while nothing else runs: timers are late. */
  skip(ms: number): void {
    this.#steady += ms;
  }

  /** Lets time pass, with each timer at its time. */
  advance(ms: number): void {
    const end = this.#steady + ms;
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) this.#ring(next);
    this.#steady = end;
  }

  /** Waits until a timer is set. */
  async timerSet(): Promise<void> {
    if (this.#timers.size === 0) await once(this.#events, 'timer');
  }

  /** Waits until a timer is set, and lets time pass until the first one is due. */
  async jump(): Promise<void> {
    await this.timerSet();
    this.#ring(this.#next()!);
  }

  /** The timer that is due first; of several at once the one that was set first. */
  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
    return next;
  }

  #ring(timer: Timer): void {
    this.#timers.delete(timer);
    this.#steady = Math.max(this.#steady, timer.at);
    timer.callback();
  }
}
