import type { Address } from '../../shared/address.ts';
import { isProblem, type Problem } from '../../shared/problem.ts';
import type { FoundDevice, Look } from '../look.ts';

/** problems of a look that are told */
const maxProblems = 20;

export interface RunningLookOptions {
  targets: readonly Address[];
  /** what is to be told from the start */
  problems?: readonly Problem[];
  /**
   * Asks one address. Rejects with a `Problem`, or with the signal's reason once aborted.
   * @param tell takes what could not be done
   */
  ask: (
    target: Address,
    signal: AbortSignal,
    tell: (problem: Problem) => void,
  ) => Promise<FoundDevice | undefined>;
  /** addresses that are asked at a time */
  limit: number;
  /** is told of what should not happen */
  fail?: (error: unknown) => void;
}

/** One look at a list of addresses. It begins at once. */
export class RunningLook {
  /** resolves once nothing of it runs any more */
  readonly ended: Promise<void>;
  readonly #id: string;
  readonly #options: RunningLookOptions;
  readonly #stop = new AbortController();
  readonly #found: FoundDevice[] = [];
  readonly #problems = new Map<string, Look['problems'][number]>();
  #state: Look['state'] = 'running';
  #asked = 0;
  #next = 0;

  constructor(id: string, options: RunningLookOptions) {
    this.#id = id;
    this.#options = options;
    for (const problem of options.problems ?? []) this.#tell(problem);
    const lanes = Array.from({ length: options.limit }, () => this.#lane());
    this.ended = Promise.all(lanes).then(() => {
      if (this.#state === 'running') this.#state = 'done';
    });
  }

  /** Ends it, and what it has under way. */
  stop(problem?: Problem): void {
    if (this.#state !== 'running') return;
    if (problem) this.#tell(problem);
    this.#state = 'stopped';
    this.#stop.abort(new Error('stopped'));
  }

  /** @param after how many of the devices found are known already */
  view(after = 0): Look {
    return {
      id: this.#id,
      state: this.#state,
      asked: this.#asked,
      total: this.#options.targets.length,
      found: this.#found.slice(after),
      problems: [...this.#problems.values()],
    };
  }

  async #lane(): Promise<void> {
    const { targets, ask, fail } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted && this.#next < targets.length) {
      const target = targets[this.#next++]!;
      try {
        const found = await ask(target, signal, (problem) => this.#tell(problem));
        if (signal.aborted) return;
        if (found) this.#found.push(found);
      } catch (error) {
        if (signal.aborted) return;
        if (isProblem(error)) this.#tell(error);
        else fail?.(error);
      }
      this.#asked++;
    }
  }

  #tell({ key, params }: Problem): void {
    const told = { key: `shared.problem.${key}`, params };
    if (this.#problems.size < maxProblems) this.#problems.set(JSON.stringify(told), told);
  }
}
