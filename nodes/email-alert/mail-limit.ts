import type { Clock } from '../shared/clock.ts';

const hour = 3_600_000;

/** When mails may go out again: ms since the Unix epoch, for it outlives a restart. */
export interface LimitState {
  fullAt: number;
}

/**
 * At most so many mails in any hour: half of them at once, where it must be, and the others evenly over the hour,
 * so that nobody waits an hour for what was held back. The bucket of a leaky bucket (GCRA, ITU-T I.371).
 */
export class MailLimit {
  readonly #clock: Clock;
  readonly #burst: number;
  /** ms in which there is room for one more mail */
  readonly #intervalMs: number;
  /** when there is room for a whole burst, on the clock */
  #fullAt = -Infinity;

  /** @param perHour 0 for no limit */
  constructor(perHour: number, clock: Clock) {
    this.#clock = clock;
    this.#burst = Math.ceil(perHour / 2);
    this.#intervalMs = perHour === 0 ? 0 : hour / (perHour - this.#burst + 1);
  }

  /** Before when no mail may go out, on the steady clock. */
  get notBefore(): number {
    if (this.#intervalMs === 0) return -Infinity;
    return this.#fullAt - (this.#burst - 1) * this.#intervalMs;
  }

  get isReached(): boolean {
    return this.notBefore > this.#clock.steady();
  }

  /** Counts a mail that went out. */
  count(): void {
    if (this.#intervalMs === 0) return;
    this.#fullAt = Math.max(this.#fullAt, this.#clock.steady()) + this.#intervalMs;
  }

  state(): LimitState | undefined {
    const left = this.#fullAt - this.#clock.steady();
    return left > 0 ? { fullAt: Math.round(this.#clock.date() + left) } : undefined;
  }

  /** Goes on where an earlier run ended. A clock that was set in between costs no more than one hour. */
  restore({ fullAt }: LimitState): void {
    const most = this.#burst * this.#intervalMs;
    const left = Math.min(fullAt - this.#clock.date(), most);
    if (left > 0) this.#fullAt = this.#clock.steady() + left;
  }
}
