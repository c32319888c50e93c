import type { History } from '../shared/history/history.ts';
import { labelMatchers } from '../shared/match/label-matchers.ts';

/** ms for which an answer is good: an open page asks every few seconds */
const goodFor = 60_000;
/** devices whose answers are kept */
const mostKept = 200;
const mostSeries = 500;
const mostPoints = 2000;

/** A value that stood out, as the node trend tells of it. */
export interface PastSuspect {
  /** ms since the Unix epoch */
  time: number;
  /** of the series that it is of */
  metric: string;
  labels: Record<string, string>;
}

interface Kept {
  /** ms since the Unix epoch */
  from: number;
  until: number;
  found: Promise<PastSuspect[]>;
}

/** What a history has of suspects, asked for a device and kept for a while. */
export class PastSuspects {
  readonly #history: () => Promise<Pick<History, 'read'>>;
  readonly #signal: AbortSignal;
  readonly #kept = new Map<string, Kept>();

  constructor(history: () => Promise<Pick<History, 'read'>>, signal: AbortSignal) {
    this.#history = history;
    this.#signal = signal;
  }

  /** Reads those of a device from a time until now, ms since the Unix epoch. Rejects as the history does. */
  of(device: string, from: number, now: number): Promise<PastSuspect[]> {
    const kept = this.#kept.get(device);
    // A shorter period has fewer.
    if (kept && kept.until > now && kept.from <= from + goodFor) return kept.found;
    const found = this.#ask(device, from, now);
    this.#kept.delete(device);
    this.#kept.set(device, { from, until: now + goodFor, found });
    found.catch(() => this.#kept.delete(device));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  async #ask(device: string, from: number, to: number): Promise<PastSuspect[]> {
    const history = await this.#history();
    const labels = labelMatchers({ device });
    const asked = {
      metrics: 'suspect',
      labels,
      maxSeries: mostSeries,
      limit: mostPoints,
      from,
      to,
    };
    const { series } = await history.read(asked, this.#signal);
    return series.flatMap(({ labels: own, times }) => {
      const { of: metric, ...others } = own;
      if (metric === undefined) return [];
      return Array.from(times, (time) => ({ time, metric, labels: others }));
    });
  }
}
