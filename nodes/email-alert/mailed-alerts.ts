import type { Alert } from '../contract/alert.ts';

/** The mail that first told of an alert. */
interface Mailed {
  startsAt: number;
  messageId: string;
  /** whether its end was told too, or is not to be */
  over?: true;
}

export type MailedState = [fingerprint: string, mailed: Mailed][];

/** Series come and go: the oldest are forgotten. */
export const mailedLimit = 5_000;

/**
 * Remembers which alerts a mail told of, so that each is mailed once, and its recovery where it was; also where a
 * sender that ended in the middle tells of them again.
 */
export class MailedAlerts {
  readonly #mailed: Map<string, Mailed>;

  constructor(state: MailedState = []) {
    this.#mailed = new Map(state);
  }

  state(): MailedState {
    return [...this.#mailed];
  }

  /** The Message-ID of the mail that first told of the alert; undefined where none did, or its end was told. */
  messageId({ fingerprint }: Alert): string | undefined {
    const mailed = this.#mailed.get(fingerprint);
    return mailed?.over ? undefined : mailed?.messageId;
  }

  /** Whether a mail told of the alert since it started. */
  has({ fingerprint, startsAt }: Alert): boolean {
    return this.#mailed.get(fingerprint)?.startsAt === startsAt;
  }

  /** Remembers the mail of a firing alert. */
  remember({ fingerprint, startsAt }: Alert, messageId: string): void {
    this.#mailed.delete(fingerprint);
    this.#mailed.set(fingerprint, { startsAt, messageId });
    if (this.#mailed.size > mailedLimit) this.#mailed.delete(this.#mailed.keys().next().value!);
  }

  /** Remembers that the end of the alert was told. */
  end({ fingerprint }: Alert): void {
    const mailed = this.#mailed.get(fingerprint);
    if (mailed) this.#mailed.set(fingerprint, { ...mailed, over: true });
  }

  /** Forgets all that a mail told of. */
  forgetMail(messageId: string): void {
    for (const [fingerprint, mailed] of this.#mailed) {
      if (mailed.messageId === messageId) this.#mailed.delete(fingerprint);
    }
  }
}
