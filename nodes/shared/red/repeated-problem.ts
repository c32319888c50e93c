import { type Clock, systemClock } from '../clock.ts';

/** ms after which what goes on is told again */
const reminder = 3_600_000;

/** What log and Catch nodes are to hear of a problem: that it is new, goes on, or is over. */
export type Change = 'new' | 'reminder' | 'over';

interface Known {
  kind: string;
  since: number;
  told: number;
}

/**
 * Tells changes from repetitions, for log and Catch nodes hear changes only: a problem that stays is
 * told once when it comes and at most once an hour after that, and its end once. The status goes on
 * saying it.
 */
export class RepeatedProblems {
  readonly #known = new Map<string, Known>();
  readonly #clock: Clock;

  constructor(clock = systemClock) {
    this.#clock = clock;
  }

  /**
   * Sees how something is now.
   * @param key what it is about: a device, say
   * @param kind of problem: another one is new, another text of the same kind is not. Undefined where
   *   there is none
   * @returns what is to be told, if anything, and for how many ms it has been so
   */
  see(key: string, kind: string | undefined): { change: Change; lasted: number } | undefined {
    const now = this.#clock.steady();
    const known = this.#known.get(key);
    if (kind === undefined) {
      this.#known.delete(key);
      return known && { change: 'over', lasted: now - known.since };
    }
    if (known?.kind !== kind) {
      this.#known.set(key, { kind, since: now, told: now });
      return { change: 'new', lasted: 0 };
    }
    if (now - known.told < reminder) return undefined;
    known.told = now;
    return { change: 'reminder', lasted: now - known.since };
  }

  /** Forgets all but these. */
  keep(keys: Iterable<string>): void {
    const kept = new Set(keys);
    for (const key of this.#known.keys()) if (!kept.has(key)) this.#known.delete(key);
  }
}
