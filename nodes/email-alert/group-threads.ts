import type { AlertGroup } from './alert-group.ts';
import type { ThreadsState } from './mailer-state.ts';

/** Groups come and go: the oldest are forgotten. */
const threadLimit = 1_000;

/**
 * Remembers which mail began the conversation of each group, until none of its alerts fires any more, and what of groups
 * was told: a sender that ended in the middle may tell it again.
 */
export class GroupThreads {
  readonly #threads: Map<string, string>;
  readonly #told: Set<string>;

  constructor(state: ThreadsState = [], told: readonly string[] = []) {
    this.#threads = new Map(state);
    this.#told = new Set(told);
  }

  /** The ids of what was told, the oldest first. */
  told(): string[] {
    return [...this.#told];
  }

  /** Whether this very thing was told of the group before. */
  isTold({ id }: AlertGroup): boolean {
    return id !== '' && this.#told.has(id);
  }

  state(): ThreadsState {
    return [...this.#threads];
  }

  /**
   * The mail that began the conversation that a mail of a group belongs to; undefined where that is itself.
   * @param messageId of the mail
   */
  take({ key, id, isOver }: AlertGroup, messageId: string): string | undefined {
    if (id !== '') this.#told.add(id);
    if (this.#told.size > threadLimit) this.#told.delete(this.#told.values().next().value!);
    const begun = this.#threads.get(key);
    if (isOver) this.#threads.delete(key);
    else if (begun === undefined) this.#threads.set(key, messageId);
    if (this.#threads.size > threadLimit) this.#threads.delete(this.#threads.keys().next().value!);
    return begun === messageId ? undefined : begun;
  }

  /** Forgets a mail that never went out. */
  forgetMail(messageId: string): void {
    for (const [key, begun] of this.#threads) {
      if (begun === messageId) this.#threads.delete(key);
    }
  }
}
