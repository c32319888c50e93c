/** How many callers are remembered at most. */
const maxCallers = 1000;

/** Lets each caller do something a number of times a minute: a bucket of tokens each, which fills up steadily. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #steady: () => number;
  readonly #callers = new Map<string, { tokens: number; at: number }>();

  /** @param steady ms from any beginning, which never jumps */
  constructor(perMinute: number, steady: () => number) {
    this.#perMinute = perMinute;
    this.#steady = steady;
  }

  /** Whether a caller may once more. */
  take(caller: string): boolean {
    const now = this.#steady();
    const { tokens: left, at } = this.#callers.get(caller) ?? { tokens: this.#perMinute, at: now };
    const tokens = Math.min(this.#perMinute, left + ((now - at) / 60_000) * this.#perMinute);
    // Anew, behind the others: the first is the one that was away for longest.
    this.#callers.delete(caller);
    this.#callers.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    const [first] = this.#callers.keys();
    if (this.#callers.size > maxCallers) this.#callers.delete(first!);
    return tokens >= 1;
  }
}
