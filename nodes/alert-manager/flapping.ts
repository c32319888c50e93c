/** When an alert counts as flapping. */
export interface FlapRule {
  /** so many changes between firing and resolved; 0 for never */
  changes: number;
  /** ms in which they come */
  windowMs: number;
}

/**
 * The changes of one alert between firing and resolved, and whether they are too many to tell of each. It begins to
 * flap with as many changes within the window as the rule has, and ends once there are half as many in it.
 */
export class Flapping {
  /** ms on the monotonic clock, the oldest first */
  #changes: number[];
  isFlapping: boolean;

  constructor(changes: readonly number[] = [], isFlapping = false) {
    this.#changes = [...changes];
    this.isFlapping = isFlapping;
  }

  get changes(): readonly number[] {
    return this.#changes;
  }

  /** Takes note of a change. Returns whether it begins to flap with it. */
  add(rule: FlapRule, now: number): boolean {
    if (rule.changes === 0) return false;
    this.#changes.push(now);
    this.#forget(rule, now);
    // Those of a few windows say no more than these.
    if (this.#changes.length > rule.changes) this.#changes.shift();
    if (this.isFlapping || this.#changes.length < rule.changes) return false;
    this.isFlapping = true;
    return true;
  }

  /** Lets time pass. Returns whether flapping ends. */
  elapse(rule: FlapRule, now: number): boolean {
    this.#forget(rule, now);
    if (!this.isFlapping || (rule.changes > 0 && this.#changes.length > rule.changes / 2)) {
      return false;
    }
    this.isFlapping = false;
    return true;
  }

  /** When {@link elapse} says that it ends, if nothing more changes; Infinity where it does not flap. */
  endsAt({ changes, windowMs }: FlapRule): number {
    if (!this.isFlapping) return Infinity;
    const last = this.#changes.at(-1 - Math.floor(changes / 2));
    return last === undefined ? -Infinity : last + windowMs;
  }

  /** When nothing of its changes counts any more. */
  forgottenAt({ windowMs }: FlapRule): number {
    const last = this.#changes.at(-1);
    return last === undefined ? -Infinity : last + windowMs;
  }

  #forget({ windowMs }: FlapRule, now: number) {
    this.#changes = this.#changes.filter((time) => time + windowMs > now);
  }
}
