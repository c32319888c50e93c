import type { Clock } from '../../shared/clock.ts';

// A value of the interface table takes 18 to 25 bytes, so that many fit into one Ethernet frame. More
// of them come in fragments, which some firewalls drop and small agents cannot send.
const first = 60;
const most = 400;
/** ms within which an agent answers that can be trusted with more */
const quick = 250;
/** ms after which a device that proved unable to send more is tried again */
const forget = 24 * 3600_000;

/** ms for which a device that was too slow with more gets no more; twice as long each time, up to a day */
const firstPause = 5 * 60_000;

/** How many values to ask of one device at once, learnt from its answers. */
export class AnswerSize {
  readonly #clock: Clock;
  #values = first;
  /** what it has answered */
  #proven = first;
  #most = most;
  #until = Infinity;
  #growAfter = -Infinity;
  #pause = firstPause;
  /** of the last answer that took too long */
  #tooSlow = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get values(): number {
    if (this.#clock.steady() >= this.#until) {
      this.#most = most;
      this.#until = Infinity;
      this.#values = this.#proven = Math.max(this.#values, first);
    }
    return this.#values;
  }

  /** Whether so many values are more than the device has proved to answer. */
  isTrial(values: number): boolean {
    return values > this.#proven;
  }

  /**
   * Learns from an answer.
   * @param asked the number of values asked for
   * @param got the number that came: fewer where the device had to cut its answer
   * @param took ms
   */
  learn(asked: number, got: number, took: number): void {
    if (got < asked) {
      this.#keep(got);
      return;
    }
    this.#proven = Math.max(this.#proven, got);
    if (got >= this.#tooSlow) this.#pause = firstPause;
    const mayGrow = this.#clock.steady() >= this.#growAfter;
    if (mayGrow && took < quick && 2 * asked > this.#values) {
      this.#values = Math.min(this.#most, 2 * this.#values);
    }
  }

  /** Takes an answer of this size for too large. Returns whether a smaller one is left to try. */
  reduce(factor: number): boolean {
    if (this.#values === 1) return false;
    this.#keep(Math.floor(this.#values / factor));
    return true;
  }

  /** A trial of so many values took too long: back to what was proven, and no more for a while. */
  giveUp(values: number): void {
    this.#tooSlow = values;
    this.#values = this.#proven;
    this.#growAfter = this.#clock.steady() + this.#pause;
    this.#pause = Math.min(forget, 2 * this.#pause);
  }

  /** An answer did not come in time: perhaps it was too large, but that is no proof. */
  doubt(): void {
    this.#values = this.#proven = Math.max(1, Math.floor(this.#values / 2));
  }

  #keep(values: number): void {
    this.#values = this.#most = this.#proven = Math.max(1, values);
    this.#until = this.#clock.steady() + forget;
  }
}
