import { Problem } from '../shared/problem.ts';
import type { Adapter } from '../shared/red/adapter.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { readKept } from './kept.ts';
import type { NetworkState } from './network-state.ts';

/** ms between two pages that all browsers get */
const pace = 2000;
/** ms between two looks at what is to be kept: a power cut costs no more */
const keepEvery = 10 * 60_000;

/** Sends to all what changed, a while after it was asked to and never twice at once. */
export class Broadcast {
  readonly #send: () => Promise<void>;
  readonly #adapter: Adapter;
  #timer: NodeJS.Timeout | undefined;
  #lastAt = -Infinity;
  #isSending = false;
  #isDue = false;

  constructor(send: () => Promise<void>, adapter: Adapter) {
    this.#send = send;
    this.#adapter = adapter;
    adapter.closing.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  ask(): void {
    this.#isDue = true;
    if (this.#isSending || this.#timer || this.#adapter.closing.aborted) return;
    // What comes together with it is shown with it.
    const wait = Math.max(50, this.#lastAt + pace - performance.now());
    this.#timer = setTimeout(() => void this.#now(), wait);
  }

  async #now(): Promise<void> {
    this.#timer = undefined;
    this.#isDue = false;
    this.#isSending = true;
    this.#lastAt = performance.now();
    try {
      await this.#send();
    } catch (error) {
      if (!this.#adapter.closing.aborted) this.#adapter.fail(error);
    }
    this.#isSending = false;
    if (this.#isDue) this.ask();
  }
}

/** Keeps over a restart what readings do not tell again: since when devices are as they are, ports that had a link. */
export class Keeper {
  /** never rejects */
  readonly restored: Promise<void>;
  readonly #state: NetworkState;
  readonly #adapter: Adapter;
  readonly #file: StateFile;
  readonly #timer: NodeJS.Timeout;

  constructor(state: NetworkState, adapter: Adapter) {
    this.#state = state;
    this.#adapter = adapter;
    this.#file = adapter.stateFile();
    this.restored = this.#restore();
    this.#timer = setInterval(() => void this.#keep().catch(() => {}), keepEvery);
    this.#timer.unref();
  }

  async close(removed: boolean): Promise<void> {
    clearInterval(this.#timer);
    await this.restored;
    if (removed) await this.#file.remove();
    else await this.#keep();
  }

  async #restore(): Promise<void> {
    try {
      const kept = await this.#file.read();
      if (kept !== undefined) this.#state.restore(readKept(kept));
    } catch (error) {
      const problem = new Problem('stateDamaged', {}, { cause: error });
      this.#adapter.node.warn(this.#adapter.text(problem));
    }
  }

  #keep(): Promise<void> {
    return this.#file.write(() => this.#state.keep());
  }
}
