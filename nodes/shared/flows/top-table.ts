import type { Budget } from './budget.ts';

/** counters of a table, at the most */
const mostCounters = 4096;
/** counters that a table may have whatever the others have */
const sureCounters = 64;

/** What is counted by: a number or a text. */
export type Key = number | string;

/** One of the largest. */
export interface TopRow {
  key: Key;
  octets: number;
  packets: number;
  /** by how many octets it may be more: what it had before it was in the table */
  bound: number;
}

/**
 * Finds the largest of very many keys in bounded memory. Where the table is full, the smaller half leaves it, and
 * whoever comes later may have been among them: by as much its count may be too small, at most 2/k of all octets for k
 * counters. (The form of Space-Saving and Misra-Gries that Anderson et al. describe, "A High-Performance Algorithm for
 * Identifying Frequent Items in Data Streams", IMC 2017.) Of what was never thrown out, the count is exact.
 */
export class TopTable {
  readonly #places = new Map<Key, number>();
  #octets = new Float64Array(16);
  #packets = new Float64Array(16);
  #bounds = new Float64Array(16);
  #size = 0;
  /** octets that a key without a counter may have had */
  #thrownOut = 0;
  readonly #budget: Budget;

  /** @param budget counters that all tables share */
  constructor(budget: Budget) {
    this.#budget = budget;
  }

  add(key: Key, octets: number, packets: number): void {
    let place = this.#places.get(key);
    if (place === undefined) {
      if (this.#isFull()) this.#throwOut();
      place = this.#size++;
      this.#budget.left--;
      if (place >= this.#octets.length) this.#grow();
      this.#places.set(key, place);
      this.#octets[place] = octets;
      this.#packets[place] = packets;
      this.#bounds[place] = this.#thrownOut;
      return;
    }
    this.#octets[place]! += octets;
    this.#packets[place]! += packets;
  }

  get size(): number {
    return this.#size;
  }

  /** Those with the most octets, the largest first. */
  top(count: number): TopRow[] {
    const rows = Array.from(this.#places, ([key, place]) => ({
      key,
      octets: this.#octets[place]!,
      packets: this.#packets[place]!,
      bound: this.#bounds[place]!,
    }));
    return rows.sort((a, b) => b.octets - a.octets).slice(0, count);
  }

  /** Gives its counters back to the others. */
  release(): void {
    this.#budget.left += this.#size;
    this.#places.clear();
    this.#size = 0;
  }

  #isFull(): boolean {
    return this.#size >= mostCounters || (this.#size >= sureCounters && this.#budget.left <= 0);
  }

  #throwOut(): void {
    const most = this.#octets.slice(0, this.#size);
    for (let i = 0; i < most.length; i++) most[i]! += this.#bounds[i]!;
    const limit = most.slice().sort()[most.length >> 1]!;
    this.#thrownOut = limit;
    let size = 0;
    for (const [key, place] of this.#places) {
      if (most[place]! <= limit) {
        this.#places.delete(key);
        continue;
      }
      // A place is never before the one that it moves to, for both come in the order of the Map.
      this.#octets[size] = this.#octets[place]!;
      this.#packets[size] = this.#packets[place]!;
      this.#bounds[size] = this.#bounds[place]!;
      this.#places.set(key, size++);
    }
    this.#budget.left += this.#size - size;
    this.#size = size;
  }

  #grow(): void {
    const grown = (before: Float64Array<ArrayBuffer>) => {
      const after = new Float64Array(before.length * 2);
      after.set(before);
      return after;
    };
    this.#octets = grown(this.#octets);
    this.#packets = grown(this.#packets);
    this.#bounds = grown(this.#bounds);
  }
}
