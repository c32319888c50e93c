import type { Budget } from './budget.ts';

/** factors that are kept for an observation domain: of samplers, and of interfaces */
const mostFactors = 1000;
/** what no sampler has: one of a million packets tells nothing any more */
const largestFactor = 1e6;

/** How one observation domain samples: factors by sampler, by interface, and of all else. */
export class Sampling {
  #general = 1;
  readonly #samplers = new Map<number, number>();
  readonly #interfaces = new Map<number, number>();
  readonly #budget: Budget;

  /** @param budget factors that all share */
  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Takes the factor of all that has none of its own. */
  setGeneral(factor: number): void {
    if (isFactor(factor)) this.#general = factor;
  }

  /** Takes the factor of a sampler or selector (fields 48 and 302). */
  setSampler(id: number, factor: number): void {
    this.#put(this.#samplers, id, factor);
  }

  setInterface(index: number, factor: number): void {
    this.#put(this.#interfaces, index, factor);
  }

  /**
   * One of so many packets was seen.
   * @param sampler 0 where a record names none
   * @param told the factor that the record itself tells, 0 for none
   */
  factor(sampler: number, input: number, told: number): number {
    if (told > 0 && isFactor(told)) return told;
    const ofSampler = sampler === 0 ? undefined : this.#samplers.get(sampler);
    return ofSampler ?? this.#interfaces.get(input) ?? this.#general;
  }

  #put(factors: Map<number, number>, key: number, factor: number): void {
    if (!isFactor(factor)) return;
    const isKnown = factors.has(key);
    if (!isKnown && (factors.size >= mostFactors || !this.#budget.take(1))) return;
    factors.set(key, factor);
  }
}

/**
 * The factor that sampling options tell, whichever of their fields an exporter has (IANA's IPFIX registry): an interval
 * (34, 50), a stretch of packets and the gap after it (305, 306), or so many of a population (309, 310); 0 where none is told.
 */
export function samplingFactor(
  interval: number,
  packetInterval: number,
  packetSpace: number,
  size: number,
  population: number,
): number {
  if (packetInterval > 0) return (packetInterval + packetSpace) / packetInterval;
  if (size > 0 && population > 0) return population / size;
  return interval;
}

function isFactor(factor: number): boolean {
  return factor >= 1 && factor <= largestFactor;
}
