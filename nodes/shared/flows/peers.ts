import type { FlowAddress } from './address.ts';
import type { Budget } from './budget.ts';
import { DistinctCount } from './distinct.ts';

/** sources that are watched at a time, and those that are whatever the others have */
const [mostSources, sureSources] = [2048, 16];
/** of so many one has to go for a new one: the one with the fewest destinations */
const looked = 8;

/** Which addresses have the most destinations: one with very many looks for something. Its memory is bounded. */
export class Peers {
  readonly #sources = new Map<FlowAddress, DistinctCount>();
  /** the same in a row, to pick some of them */
  readonly #addresses: FlowAddress[] = [];
  readonly #budget: Budget;
  #turn = 0;

  /** @param budget sources that all share */
  constructor(budget: Budget) {
    this.#budget = budget;
  }

  add(source: FlowAddress, destination: FlowAddress): void {
    let count = this.#sources.get(source);
    if (!count) {
      count = new DistinctCount();
      if (this.#isFull()) {
        this.#replace(source);
      } else {
        this.#budget.left--;
        this.#addresses.push(source);
      }
      this.#sources.set(source, count);
    }
    count.add(hashOf(destination));
  }

  top(count: number): { key: FlowAddress; peers: number }[] {
    const rows = Array.from(this.#sources, ([key, distinct]) => ({ key, peers: distinct.count }));
    return rows.sort((a, b) => b.peers - a.peers).slice(0, count);
  }

  /** Gives its sources back to the others. */
  release(): void {
    this.#budget.giveBack(this.#sources.size);
    this.#sources.clear();
    this.#addresses.length = 0;
  }

  #isFull(): boolean {
    const { size } = this.#sources;
    return size >= mostSources || (size >= sureSources && this.#budget.left <= 0);
  }

  #replace(source: FlowAddress): void {
    let [fewest, at] = [Infinity, 0];
    for (let i = 0; i < looked; i++) {
      const place = (this.#turn + i * 257) % this.#addresses.length;
      const { weight } = this.#sources.get(this.#addresses[place]!)!;
      if (weight < fewest) [fewest, at] = [weight, place];
      if (fewest <= 1) break;
    }
    this.#turn = (this.#turn + 1) % this.#addresses.length;
    this.#sources.delete(this.#addresses[at]!);
    this.#addresses[at] = source;
  }
}

/** A hash of 32 bits, all of which depend on all of the address (the last step of MurmurHash3). */
function hashOf(address: FlowAddress): number {
  let hash: number;
  if (typeof address === 'number') {
    hash = address | 0;
  } else {
    hash = 0x811c9dc5;
    for (let i = 0; i < address.length; i++) {
      hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193);
    }
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
