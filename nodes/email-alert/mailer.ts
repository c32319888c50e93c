import { severities, type Alert, type Severity } from '../shared/alert.ts';
import { Problem } from '../shared/problem.ts';
import type { Receipt } from '../smtp-server/send-mail.ts';
import { SmtpProblem } from '../smtp-server/smtp-problem.ts';
import type { Thread } from './compose.ts';
import { MailedAlerts } from './mailed-alerts.ts';
import type { Item, MailerState, Topic } from './mailer-state.ts';
import { RetryQueue, type Clock } from './retry-queue.ts';

/** How many mails may wait for the server. */
export const queueLimit = 100;
const patienceHours = 24;

/** A mail that the server took. */
export interface Sent {
  alerts: Alert[];
  receipt: Receipt;
}

export interface MailerOptions {
  severity: Severity;
  recoveries: boolean;
  send: (alerts: Alert[], thread: Thread, signal: AbortSignal) => Promise<Receipt>;
  /** told that {@link AlertMailer.state} has changed */
  onChange: () => void;
  onRetry: (error: unknown, pause: number, tries: number) => void;
  newMessageId: () => string;
  clock: Clock;
}

/** Decides which alerts are mailed, and mails them in order until the server has taken them. */
export class AlertMailer {
  readonly #options: MailerOptions;
  readonly #queue: RetryQueue<Item, Sent | undefined>;
  #mailed = new MailedAlerts();

  constructor(options: MailerOptions) {
    this.#options = options;
    this.#queue = new RetryQueue({
      attempt: (item, signal) => this.#attempt(item, signal),
      isTemporary: (error) => error instanceof SmtpProblem && error.temporary,
      onRetry: options.onRetry,
      givenUp: (cause) => new Problem('mailGivenUp', { hours: patienceHours }, { cause }),
      dropped: () => new Problem('mailDropped', { max: queueLimit }),
      limit: queueLimit,
      patience: patienceHours * 3_600_000,
      clock: options.clock,
    });
  }

  get waiting(): number {
    return this.#queue.waiting().length;
  }

  state(): MailerState {
    return { queue: this.#queue.waiting(), mailed: this.#mailed.state() };
  }

  /** Goes on where an earlier state ended. Returns the outcomes of its waiting mails. */
  restore(state: MailerState): Promise<Sent | undefined>[] {
    this.#mailed = new MailedAlerts(state.mailed);
    return state.queue.map(({ item, since, tries }) => this.#enqueue(item, { since, tries }));
  }

  /**
   * Mails those of the alerts that are to be mailed, in one mail. Resolves once the server took it,
   * or with undefined where there is nothing to mail or {@link stop} came first; rejects once it has
   * failed for good.
   */
  async push(alerts: Alert[]): Promise<Sent | undefined> {
    const item: Item = { topics: [], messageId: this.#options.newMessageId() };
    for (const alert of alerts) {
      if (this.#isWanted(alert)) item.topics.push(this.#topic(alert, item.messageId));
    }
    return item.topics.length > 0 ? this.#enqueue(item) : undefined;
  }

  /** Ends after at most `grace` ms; what is not sent by then is in {@link state}. */
  stop(grace: number): Promise<void> {
    return this.#queue.stop(grace);
  }

  #isWanted(alert: Alert): boolean {
    const { recoveries, severity } = this.#options;
    if (alert.state === 'resolved') {
      const mailed = this.#mailed.messageId(alert) !== undefined;
      if (!recoveries) this.#mailed.forget(alert);
      return recoveries && mailed;
    }
    return (
      alert.state === 'firing' &&
      severities.indexOf(alert.severity) >= severities.indexOf(severity) &&
      // A repetition is mailed, but not while the same mail still waits.
      !this.#queue
        .waiting()
        .some(({ item }) => item.topics.some((topic) => isSame(topic.alert, alert)))
    );
  }

  #topic(alert: Alert, messageId: string): Topic {
    if (alert.state === 'firing') this.#mailed.remember(alert, messageId);
    const after = this.#mailed.messageId(alert);
    if (alert.state === 'resolved') this.#mailed.forget(alert);
    return after === undefined || after === messageId ? { alert } : { alert, after };
  }

  async #enqueue(item: Item, waited?: { since: number; tries: number }) {
    const outcome = this.#queue.push(item, waited);
    this.#options.onChange();
    try {
      return await outcome;
    } catch (error) {
      this.#takeBack(item);
      throw error;
    } finally {
      this.#options.onChange();
    }
  }

  // Where no mail told of an alert, none tells of its recovery.
  #takeBack({ topics, messageId }: Item) {
    for (const { alert } of topics) {
      if (this.#mailed.messageId(alert) === messageId) this.#mailed.forget(alert);
    }
    for (const { item } of this.#queue.waiting()) {
      item.topics = item.topics.filter(
        ({ alert, after }) => alert.state === 'firing' || after !== messageId,
      );
    }
  }

  async #attempt({ topics, messageId }: Item, signal: AbortSignal): Promise<Sent | undefined> {
    if (topics.length === 0) return undefined;
    const alerts = topics.map((topic) => topic.alert);
    const references = new Set(topics.flatMap(({ after }) => after ?? []));
    const thread = { messageId, references: [...references] };
    return { alerts, receipt: await this.#options.send(alerts, thread, signal) };
  }
}

function isSame(a: Alert, b: Alert): boolean {
  return a.fingerprint === b.fingerprint && a.state === b.state && a.startsAt === b.startsAt;
}
