import type { Clock } from '../../shared/clock.ts';

/** Lets so much through a second, in the order in which it is asked for. */
export class Pace {
  readonly #gap: number;
  readonly #clock: Clock;
  /** when the next one may go, ms of the steady clock */
  #next = -Infinity;

  /** @param perSecond how many may go in a second */
  constructor(perSecond: number, clock: Clock) {
    this.#gap = 1000 / perSecond;
    this.#clock = clock;
  }

  /** Resolves when the next one may go; rejects with the signal's reason once it is aborted. */
  turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const now = this.#clock.steady();
      const at = Math.max(now, this.#next);
      this.#next = at + this.#gap;
      if (at === now) {
        resolve();
        return;
      }
      const end = () => {
        callOff();
        reject(signal.reason as Error);
      };
      const callOff = this.#clock.after(at - now, () => {
        signal.removeEventListener('abort', end);
        resolve();
      });
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
