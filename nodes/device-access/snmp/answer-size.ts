// A value of the interface table takes 20 to 25 bytes, so that many fit into one Ethernet frame: a
// larger answer comes in fragments, which firewalls drop and small agents cannot send.
const most = 56;
/** ms after which a device that was too weak for an answer is trusted with it again */
const forget = 24 * 3600_000;

/** How many values to ask of one device at once: fewer once it proved unable to answer. */
export class AnswerSize {
  readonly #now: () => number;
  #values = most;
  #until = 0;

  /** @param now ms, from any beginning */
  constructor(now: () => number) {
    this.#now = now;
  }

  get values(): number {
    if (this.#values < most && this.#now() >= this.#until) this.#values = most;
    return this.#values;
  }

  /** Takes an answer of this size for too large. Returns whether a smaller one is left to try. */
  reduce(factor: number): boolean {
    if (this.#values === 1) return false;
    this.#values = Math.max(1, Math.floor(this.#values / factor));
    this.#until = this.#now() + forget;
    return true;
  }
}
