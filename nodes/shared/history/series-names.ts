import { type Reading, seriesKey } from '../../contract/reading.ts';
import type { SeriesName } from './store/series-list.ts';

/** Where labels lead, one after the other: a name and a value take turns. */
interface Place {
  next: Map<string, Place>;
  /** of the series whose labels end here; -1 where none does */
  number: number;
}

/**
 * Numbers for series, so that a reading takes no more than three numbers to another thread. It finds a
 * series by its labels in the order in which they come: that is mostly the same, and needs no text to
 * be put together.
 */
export class SeriesNames {
  readonly #most: number;
  #root = place();
  #numbers = new Map<string, number>();
  #known: SeriesName[] = [];
  #told = 0;
  #anew = true;

  /** @param most series that are known at a time */
  constructor(most = 200_000) {
    this.#most = most;
  }

  /** Whether there are so many that the numbers should begin anew. */
  get isFull(): boolean {
    return this.#known.length >= this.#most;
  }

  /** The number of a reading's series. */
  of({ metric, labels, unit, info }: Reading): number {
    let at = next(this.#root, metric);
    for (const name in labels) at = next(next(at, name), labels[name]!);
    if (at.number < 0) at.number = this.#numbers.get(seriesKey(metric, labels)) ?? -1;
    const known = this.#known[at.number];
    if (known && known.unit === unit && isSame(known.info, info)) return at.number;
    // What describes a series changed: it is told under a new number.
    at.number = this.#known.length;
    this.#known.push({ metric, labels, unit, info });
    this.#numbers.set(seriesKey(metric, labels), at.number);
    return at.number;
  }

  /** The series that have a number since the last call. @returns `anew` where the numbers begin with them */
  taken(): { named: SeriesName[]; anew: boolean } {
    const taken = { named: this.#known.slice(this.#told), anew: this.#anew };
    this.#told = this.#known.length;
    this.#anew = false;
    return taken;
  }

  /** Forgets all: another thread takes over, or there are too many. */
  reset(): void {
    this.#root = place();
    this.#numbers = new Map();
    this.#known = [];
    this.#told = 0;
    this.#anew = true;
  }
}

function place(): Place {
  return { next: new Map(), number: -1 };
}

function next(from: Place, key: string): Place {
  let to = from.next.get(key);
  if (!to) from.next.set(key, (to = place()));
  return to;
}

function isSame(
  a: Record<string, string> | undefined,
  b: Record<string, string> | undefined,
): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  for (const name in a) if (a[name] !== b[name]) return false;
  for (const name in b) if (a[name] === undefined) return false;
  return true;
}
