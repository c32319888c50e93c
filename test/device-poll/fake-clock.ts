import type { Clock } from '../../nodes/device-poll/schedule.ts';

/** A clock that a test moves. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #alarms = new Map<object, { at: number; callback: () => void }>();

  now(): number {
    return this.#now;
  }

  alarm(callback: () => void, delay: number): () => void {
    const key = {};
    this.#alarms.set(key, { at: this.#now + delay, callback });
    return () => this.#alarms.delete(key);
  }

  /** how many alarms are set */
  get alarms(): number {
    return this.#alarms.size;
  }

  /** Lets time pass as it does while nothing else runs: alarms ring late. */
  skip(ms: number): void {
    this.#now += ms;
  }

  /** Lets time pass, with each alarm at its time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#alarms].filter(([, { at }]) => at <= end);
      const [next] = due.sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      const [key, { at, callback }] = next;
      this.#alarms.delete(key);
      this.#now = Math.max(this.#now, at);
      callback();
    }
    this.#now = end;
  }
}
