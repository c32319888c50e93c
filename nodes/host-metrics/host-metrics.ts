import type { Reading } from '../contract/reading.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { SnapshotRates } from '../shared/rates/snapshot-rates.ts';
import { type Collection, Collector } from './collector.ts';
import type { HostMetricsOptions } from './config.ts';
import { toDocument } from './document.ts';
import type { HostSource, NetmonSource } from './source.ts';

/** What one poll gives: a message's payload, and the collection that it was made of. */
export interface Poll extends Collection {
  payload: Reading[] | object;
}

// ms; over less, rates say more about the clock than about the host.
const shortestInterval = 500;

/** Polls this machine and gives what its settings ask for. */
export class HostMetrics {
  readonly #device: string;
  readonly #collector: Collector;
  readonly #output: HostMetricsOptions['output'];
  readonly #clock: Clock;
  readonly #rates = new SnapshotRates({ live: true });
  #startedAt = -Infinity;
  #running = false;
  #latest: Promise<Poll> | undefined;

  /**
   * @param device the label `device`
   * @param netmon needed where its group is on
   */
  constructor(
    device: string,
    source: HostSource,
    settings: HostMetricsOptions,
    netmon?: NetmonSource,
    clock = systemClock,
  ) {
    this.#device = device;
    this.#output = settings.output;
    this.#collector = new Collector(source, settings, netmon, clock);
    this.#clock = clock;
  }

  /**
   * Polls once. While a poll is under way, and within half a second of its start, the outcome is that
   * poll's: it is shared, so a caller who changes it takes a copy.
   */
  poll(): Promise<Poll> {
    const now = this.#clock.steady();
    if (!this.#latest || (!this.#running && now - this.#startedAt >= shortestInterval)) {
      this.#startedAt = now;
      this.#running = true;
      this.#latest = this.#poll().finally(() => {
        this.#running = false;
      });
    }
    return this.#latest;
  }

  async #poll(): Promise<Poll> {
    const collection = await this.#collector.collect();
    const snapshot = { countedAt: this.#startedAt, ...collection.snapshot };
    return { ...collection, payload: this.#payload(snapshot) };
  }

  #payload(snapshot: Snapshot): Reading[] | object {
    return this.#output === 'readings'
      ? this.#rates.readings(this.#device, {}, snapshot).readings
      : toDocument(this.#device, snapshot);
  }
}
