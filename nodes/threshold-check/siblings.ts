/** A series that missed so many rounds may be gone. */
const enough = 10;

/**
 * The series of one metric on one device, such as those of its interfaces. Of one that stops while others
 * go on it is known that it is gone, and not the device, its poll or its flow.
 *
 * They are counted in rounds: one ends when a series of it comes again. So a round is a poll, whether its
 * readings come in one message or each in its own.
 * @typeParam Watch what watches a series
 */
export class Siblings<Watch> {
  /** what fires and is to end where its series is gone */
  readonly firing = new Set<Watch>();
  /** how many series there are */
  size = 0;
  #round = 0;

  /** A place for one more series, which is yet to come in this round. */
  join(steady = false): Sibling<Watch> {
    this.size++;
    return new Sibling(this, this.#round - 1, steady);
  }

  get round(): number {
    return this.#round;
  }

  /** Begins a round. */
  next(): void {
    this.#round++;
  }
}

/** One series among its siblings. */
export class Sibling<Watch> {
  readonly siblings: Siblings<Watch>;
  /** whether it came in two rounds in a row before it last was missed */
  steady: boolean;
  #round: number;
  #hasCome = false;
  /** the most rounds that it missed and came again */
  #most = 0;

  constructor(siblings: Siblings<Watch>, round: number, steady: boolean) {
    this.siblings = siblings;
    this.#round = round;
    this.steady = steady;
  }

  /** Takes note of a reading. Returns whether a round begins with it. */
  come(): boolean {
    const begins = this.#round === this.siblings.round;
    if (begins) this.siblings.next();
    const missed = this.#missed;
    if (this.#hasCome) this.steady = missed === 0;
    this.#hasCome = true;
    this.#most = Math.max(this.#most, missed);
    this.#round = this.siblings.round;
    return begins;
  }

  /** Whether it stays away for longer than ever before, though it came in each round. */
  get isGone(): boolean {
    const missed = this.#missed;
    return this.steady && missed >= enough && missed > 2 * this.#most;
  }

  // The round that goes on does not count.
  get #missed(): number {
    return this.siblings.round - this.#round - 1;
  }
}
