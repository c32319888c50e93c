/** ms of one slot, and how many are looked back at */
const slot = 10_000;
const slots = 31;

/** How many of something came a second, over the last five minutes. */
export class Rate {
  readonly #now: () => number;
  readonly #since: number;
  readonly #counts = new Map<number, number>();

  /** @param now ms of a clock that never jumps */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  add(count: number): void {
    const key = Math.floor(this.#now() / slot);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    for (const old of this.#counts.keys()) if (old <= key - slots) this.#counts.delete(old);
  }

  get perSecond(): number {
    const now = this.#now();
    const key = Math.floor(now / slot);
    let count = 0;
    for (const [at, n] of this.#counts) if (at > key - slots) count += n;
    // The first slot is whole, the last one not.
    const begin = Math.max(this.#since, (key - slots + 1) * slot);
    return count === 0 ? 0 : count / Math.max(1, (now - begin) / 1000);
  }
}
