import type { Alert } from '../shared/alert.ts';

/** The mail that first told of an alert. */
interface Mailed {
  startsAt: number;
  messageId: string;
}

export type MailedState = [fingerprint: string, mailed: Mailed][];

/** Series come and go: of those that never cleared the oldest are forgotten. */
const limit = 5_000;

/** Remembers which alerts a mail told of, so that a recovery is mailed exactly where its alert was. */
export class MailedAlerts {
  readonly #mailed: Map<string, Mailed>;

  constructor(state: MailedState = []) {
    this.#mailed = new Map(state);
  }

  state(): MailedState {
    return [...this.#mailed];
  }

  /** The Message-ID of the mail that first told of the alert, undefined where none did. */
  messageId({ fingerprint }: Alert): string | undefined {
    return this.#mailed.get(fingerprint)?.messageId;
  }

  /** Remembers the mail of a firing alert, unless it only repeats one. */
  remember({ fingerprint, startsAt }: Alert, messageId: string): void {
    if (this.#mailed.get(fingerprint)?.startsAt === startsAt) return;
    this.#mailed.delete(fingerprint);
    this.#mailed.set(fingerprint, { startsAt, messageId });
    if (this.#mailed.size > limit) this.#mailed.delete(this.#mailed.keys().next().value!);
  }

  forget({ fingerprint }: Alert): void {
    this.#mailed.delete(fingerprint);
  }
}
