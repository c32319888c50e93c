import { Problem } from './problem.ts';

/** What takes long in a node: a message, or the node's end, cancels all of it that is under way. */
export class Cancellable {
  readonly #closing: AbortSignal;
  readonly #running = new Set<AbortController>();

  /** @param closing aborted when the node ends */
  constructor(closing: AbortSignal) {
    this.#closing = closing;
  }

  /** Does work, which is told by its signal that it is cancelled. Rejects as the work does. */
  async run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const own = new AbortController();
    this.#running.add(own);
    try {
      return await work(AbortSignal.any([own.signal, this.#closing]));
    } finally {
      this.#running.delete(own);
    }
  }

  /** Ends what is under way, which rejects with a Problem. */
  cancel(): void {
    for (const each of this.#running) each.abort(new Problem('cancelled'));
  }
}
