import { setImmediate as nextTurn } from 'node:timers/promises';
import { inSlices } from '../in-slices.ts';
import { type Configuration, readConfiguration } from './read-configuration.ts';
import type { TextRules } from './text-rules.ts';

/** ms at a time: much of what it makes is collected in the same turn */
const slice = 1;

/**
 * Reads what devices of one system answered, one answer after the other: each takes its slices of time, and many at once
 * would take all of it.
 */
export class ConfigurationReader {
  readonly #rules: TextRules & { label: string };
  readonly #key: Uint8Array;
  #last: Promise<unknown> = Promise.resolve();

  /** @param key of the marks of secrets, see {@link readConfiguration} */
  constructor(rules: TextRules & { label: string }, key: Uint8Array) {
    this.#rules = rules;
    this.#key = key;
  }

  /** Rejects with a Problem where it is no whole configuration, or with the signal's reason once it is aborted. */
  read(raw: string, signal: AbortSignal): Promise<Configuration> {
    const reading = this.#last.then(async () => {
      // Else the next one would begin in the turn in which this one ends.
      await nextTurn();
      signal.throwIfAborted();
      return inSlices(readConfiguration(this.#rules, raw, this.#key), { signal, slice });
    });
    this.#last = reading.catch(() => {});
    return reading;
  }
}
