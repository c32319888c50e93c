/** For so long, in ms and in polls, counts that stand still may be old ones: whichever is longer. */
const patience = { time: 100_000, polls: 5.5 };
/** ms; no agent keeps its counts for longer */
const longest = 600_000;

/** Periods at which agents refresh their counts, in s: of those that fit, the first is the likeliest. */
const usualPeriods = [60, 30, 15, 10, 20, 5, 300, 120, 45, 90, 180, 600];

/**
 * What the counts of a poll stand for:
 * - `since the poll before`: the usual;
 * - `old`: nothing was refreshed since, so there is no rate;
 * - otherwise the ms in which the counts grew.
 */
export type Growth = 'since the poll before' | 'old' | { over: number };

/**
 * Recognises a device that refreshes its counts less often than it is polled. Then all of its counts stand
 * still at some polls, which is no idleness, and at the next one hold the traffic of a whole period,
 * which is no burst.
 *
 * How long a period is follows from between which polls refreshes fell: the first and the last of several
 * are known to within one poll, so that each further one tells more exactly.
 */
export class RefreshWatch {
  /** of the first and the last poll, ms on a monotonic clock */
  #began = Number.NaN;
  #polled = Number.NaN;
  /** of the last poll that found new counts; NaN before the first */
  #moved = Number.NaN;
  #isSlow = false;
  /** ms of the last silence that was longer than patience */
  #silence = Number.NaN;
  /** between these two polls, ms, fell the refresh from which periods are counted, and how many have been */
  #first = { after: Number.NaN, by: Number.NaN, periods: 0 };
  /** ms; the shortest and the longest that a period can be */
  #least = 0;
  #most = Infinity;

  /**
   * What the counts of this poll stand for.
   * @param time ms on a monotonic clock
   * @param hasMoved whether any count of the device is another than at the poll before
   */
  at(time: number, hasMoved: boolean): Growth {
    const before = this.#polled;
    this.#polled = time;
    if (Number.isNaN(before)) {
      this.#began = time;
      return 'since the poll before';
    }
    return hasMoved ? this.#takeMove(before, time) : this.#takeStill(before, time);
  }

  #takeStill(before: number, time: number): Growth {
    // It never had any traffic as far as is known.
    if (Number.isNaN(this.#moved)) return 'since the poll before';
    return time - this.#moved <= this.#limit(time - before) ? 'old' : 'since the poll before';
  }

  #takeMove(before: number, time: number): Growth {
    const last = this.#moved;
    const pause = time - before;
    const isFirst = Number.isNaN(last);
    const silence = time - (isFirst ? this.#began : last);
    this.#moved = time;
    const limit = this.#limit(pause) + pause;
    if (isFirst || silence > limit) {
      this.#countFrom(before, time);
      // The first traffic, or the first after a long silence. A silence as long as the last one is none.
      const isAgain = silence < longest && Math.abs(silence - this.#silence) <= 1.5 * pause;
      this.#silence = silence;
      this.#isSlow = isAgain || (before > this.#began && silence <= limit);
      if (!this.#isSlow) return 'since the poll before';
      this.#least = silence - pause;
      return { over: silence };
    }
    const stood = before - last;
    if (stood > 0) this.#isSlow = true;
    this.#learn(before, time, stood);
    if (!this.#isSlow) return 'since the poll before';
    // At each poll there is at most one refresh, unless polls were left out.
    const period = this.#period;
    return { over: period * Math.max(1, Math.round(pause / period)) };
  }

  #limit(pause: number): number {
    const slow = this.#isSlow ? 2.5 * this.#period : 0;
    return Math.min(longest, Math.max(patience.time, patience.polls * pause, slow));
  }

  #learn(before: number, time: number, stood: number): void {
    const { after, by, periods } = this.#first;
    const count = periods + 1;
    // The refresh before came by the poll that first saw it, this one after the poll that did not.
    const least = Math.max(this.#least, stood, (before - by) / count);
    const most = Math.min(this.#most, (time - after) / count);
    if (least < most) {
      [this.#least, this.#most] = [least, most];
      this.#first.periods = count;
      return;
    }
    // It is refreshed otherwise than it seemed, or as often as it is polled.
    this.#isSlow = stood > 0;
    this.#countFrom(before, time);
    if (stood > 0) this.#least = stood;
  }

  #countFrom(after: number, by: number): void {
    this.#first = { after, by, periods: 0 };
    this.#least = 0;
    this.#most = Infinity;
  }

  get #period(): number {
    const usual = usualPeriods.find((s) => s * 1000 > this.#least && s * 1000 < this.#most);
    if (usual !== undefined) return usual * 1000;
    return this.#most === Infinity ? Math.max(this.#least, 1) : (this.#least + this.#most) / 2;
  }
}
