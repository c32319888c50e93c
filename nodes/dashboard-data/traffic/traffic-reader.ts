import type { History } from '../../shared/history/history.ts';
import type { Answered } from '../../shared/history/store/query.ts';
import { inSlices } from '../../shared/in-slices.ts';
import { askedOf, type TrafficQuery, type TrafficSums } from '../../shared/traffic/queries.ts';
import type { FlowMemory } from './flow-memory.ts';

const minute = 60_000;
const mostKept = 500;

/** Where pages read traffic from. */
export interface TrafficSource {
  /** The largest first. Rejects as a history does, or with the reason of its signal. */
  read(query: TrafficQuery): Promise<TrafficSums[]>;
}

interface Kept {
  until: number;
  found: Promise<TrafficSums[]>;
}

/** The last hour, from memory. */
export class RememberedTraffic implements TrafficSource {
  readonly #memory: FlowMemory;
  readonly #signal: AbortSignal;

  constructor(memory: FlowMemory, signal: AbortSignal) {
    this.#memory = memory;
    this.#signal = signal;
  }

  read(query: TrafficQuery): Promise<TrafficSums[]> {
    return inSlices(this.#memory.read(query), { signal: this.#signal });
  }
}

/** Any time, from a history. Answers are kept for a while: many browsers show the same. */
export class PastTraffic implements TrafficSource {
  readonly #history: () => Promise<Pick<History, 'read'>>;
  readonly #signal: AbortSignal;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  /** @param now ms on a clock that only goes on */
  constructor(
    history: () => Promise<Pick<History, 'read'>>,
    signal: AbortSignal,
    now: () => number,
  ) {
    this.#history = history;
    this.#signal = signal;
    this.#now = now;
  }

  read(query: TrafficQuery): Promise<TrafficSums[]> {
    const { edges, ...rest } = query;
    const step = edges[1]! - edges[0]!;
    const name = JSON.stringify([rest, edges[0], step, edges.length]);
    const kept = this.#kept.get(name);
    if (kept && kept.until > this.#now()) return kept.found;
    const found = this.#ask(query);
    this.#kept.delete(name);
    this.#kept.set(name, { until: this.#now() + pause(edges), found });
    found.catch(() => this.#kept.delete(name));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  async #ask(query: TrafficQuery): Promise<TrafficSums[]> {
    const asked = askedOf(query);
    if (!asked) return [];
    const history = await this.#history();
    const { series } = await history.read(asked, this.#signal);
    return series.map(sumsOf);
  }
}

function sumsOf({ labels, info, columns: { sum, count } }: Answered): TrafficSums {
  return { labels, info, sums: sum!, counts: count! };
}

/** ms for which an answer is good: what came since changes little in so long a time */
function pause(edges: Float64Array): number {
  return Math.min(Math.max((edges.at(-1)! - edges[0]!) / 300, 10_000), 5 * minute);
}
