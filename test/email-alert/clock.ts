import { once, EventEmitter } from 'node:events';
import type { Clock } from '../../nodes/email-alert/retry-queue.ts';

interface Timer {
  at: number;
  callback: () => void;
}

/** A clock that stands still until a test lets it jump to its next timer. */
export class ManualClock implements Clock {
  time: number;
  /** the length of every timer so far, ms */
  readonly pauses: number[] = [];
  readonly #timers: Timer[] = [];
  readonly #events = new EventEmitter();

  constructor(time = 0) {
    this.time = time;
  }

  now = () => this.time;

  after = (ms: number, callback: () => void) => {
    const timer = { at: this.time + ms, callback };
    this.#timers.push(timer);
    this.pauses.push(ms);
    this.#events.emit('timer');
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  };

  /** Waits until a timer is set. */
  async set(): Promise<void> {
    if (this.#timers.length === 0) await once(this.#events, 'timer');
  }

  /** Waits until a timer is set and jumps to it. */
  async jump(): Promise<void> {
    await this.set();
    const timer = this.#timers.shift()!;
    this.time = timer.at;
    timer.callback();
  }
}
