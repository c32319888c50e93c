import { severities, type Alert, type Severity } from '../contract/alert.ts';
import type { Clock } from '../shared/clock.ts';
import { Problem } from '../shared/problem.ts';
import type { Receipt } from '../shared/mail/send-mail.ts';
import { SmtpProblem } from '../shared/mail/smtp-problem.ts';
import type { Thread } from './compose.ts';
import { MailedAlerts } from './mailed-alerts.ts';
import { count, type Item, type MailerState, type Omitted, type Topic } from './mailer-state.ts';
import { type Queued, RetryQueue, retryDelayMs } from './retry-queue.ts';

/** How many alerts a mail lists; of more it tells how many there are of each rule. */
export const listed = 1_000;
/** How many rules it names for that; alerts of others are counted together. */
const namedRules = 100;
/** stands for the rules that are not named */
const others = '…';
const patienceHours = 24;

/** minutes after the n-th refused login in a row: servers lock out who comes again too often */
const loginRetryMinutes = [1, 5, 15, 60];

/** A mail that the server took. */
export interface Sent {
  alerts: Alert[];
  receipt: Receipt;
}

/** What else there is to know about a mail. */
export interface Extent {
  omitted: readonly Omitted[];
  /** the one recipient it is to go to; all where left out */
  only?: string | undefined;
}

export interface MailerOptions {
  severity: Severity;
  recoveries: boolean;
  send: (alerts: Alert[], thread: Thread, signal: AbortSignal, extent: Extent) => Promise<Receipt>;
  /** told that {@link AlertMailer.state} has changed */
  onChange: () => void;
  /** told of each failure that another try follows, with the alerts of the mail */
  onRetry: (error: unknown, delayMs: number, alerts: Alert[]) => void;
  /** told the outcome of a mail that no {@link AlertMailer.push} waits for */
  onOutcome: (queued: Queued<Item, Sent | undefined>) => void;
  newMessageId: () => string;
  clock: Clock;
}

/**
 * Decides which alerts are mailed, and mails them in order until the server has taken them. What comes
 * while a mail is on its way or waits is put together into the next one.
 */
export class AlertMailer {
  readonly #options: MailerOptions;
  readonly #queue: RetryQueue<Item, Sent | undefined>;
  #mailed = new MailedAlerts();

  constructor(options: MailerOptions) {
    this.#options = options;
    this.#queue = new RetryQueue({
      attempt: (item, signal) => this.#attempt(item, signal),
      judge: (error) =>
        error instanceof SmtpProblem
          ? { final: !error.temporary, forAll: error.scope === 'server' }
          : { final: true, forAll: false },
      retryDelayMs: retryDelayAfter,
      onRetry: (error, ms, item) => options.onRetry(error, ms, alertsOf(item)),
      givenUp: (cause) => new Problem('mailGivenUp', { hours: patienceHours }, { cause }),
      patienceMs: patienceHours * 3_600_000,
      clock: options.clock,
    });
  }

  /** How many alerts wait. */
  get waiting(): number {
    return this.#items().reduce((sum, item) => sum + item.topics.length + count(item.omitted), 0);
  }

  state(): MailerState {
    return { queue: this.#items().map((item) => ({ item })), mailed: this.#mailed.state() };
  }

  /** Goes on where an earlier state ended. */
  restore(state: MailerState): void {
    this.#mailed = new MailedAlerts(state.mailed);
    // The server may have taken them before: under their ids nothing else may come.
    for (const { item } of state.queue) {
      this.#options.onOutcome(this.#enqueue(item, { tried: true }));
    }
  }

  /**
   * Mails those of the alerts that are to be mailed. Resolves once the server took their mail, with it
   * where this was the first to wait for it, and with undefined otherwise, where there is nothing to
   * mail, or {@link stop} came first; rejects once it has failed for good.
   */
  async push(alerts: Alert[]): Promise<Sent | undefined> {
    const open = this.#queue.untried();
    const item = open ?? { topics: [], omitted: [], messageId: this.#options.newMessageId() };
    const full = item.topics.length >= listed;
    const topics: Topic[] = [];
    // One after the other: what is mailed of one counts for the next.
    for (const alert of alerts) {
      if (this.#isWanted(alert)) topics.push(this.#topic(alert, item.messageId));
    }
    if (topics.length === 0) return undefined;
    if (!open) return this.#enqueue(withTopics(item, topics)).outcome;
    this.#queue.extend((waiting) => withTopics(waiting, topics));
    this.#options.onChange();
    // However many come while the server is down, few messages are held.
    return full ? undefined : this.#queue.join();
  }

  /** Ends after at most `graceMs`; what is not sent by then is in {@link state}. */
  stop(graceMs: number): Promise<void> {
    return this.#queue.stop(graceMs);
  }

  #items(): Item[] {
    return this.#queue.lanes().flatMap((lane) => this.#queue.waiting(lane));
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
      // What goes on is told once.
      !this.#mailed.has(alert)
    );
  }

  #topic(alert: Alert, messageId: string): Topic {
    if (alert.state === 'firing') {
      this.#mailed.remember(alert, messageId);
      return { alert };
    }
    const after = this.#mailed.messageId(alert);
    this.#mailed.forget(alert);
    return after === undefined || after === messageId ? { alert } : { alert, after };
  }

  #enqueue(
    item: Item,
    options: { delayMs?: number; tried?: boolean } = {},
  ): Queued<Item, Sent | undefined> {
    const queued = this.#queue.push(item, { lane: item.only ?? '', ...options });
    this.#options.onChange();
    const outcome = queued.outcome
      .catch((error: unknown) => {
        if (item.only === undefined) this.#takeBack(item);
        throw error;
      })
      .finally(() => this.#options.onChange());
    return {
      get item() {
        return queued.item;
      },
      outcome,
    };
  }

  // Where no mail told of an alert, none tells of its recovery.
  #takeBack({ messageId }: Item) {
    this.#mailed.forgetMail(messageId);
    this.#queue.replace((item) => ({
      ...item,
      topics: item.topics.filter(({ after }) => after !== messageId),
    }));
  }

  async #attempt(item: Item, signal: AbortSignal): Promise<Sent | undefined> {
    const { topics, messageId, omitted, only } = item;
    if (topics.length === 0) return undefined;
    const alerts = alertsOf(item);
    const references = new Set(topics.flatMap(({ after }) => after ?? []));
    const thread = { messageId, references: [...references] };
    const receipt = await this.#options.send(alerts, thread, signal, { omitted, only });
    for (const { recipient } of receipt.deferred ?? []) this.#later(item, recipient);
    return { alerts, receipt };
  }

  // A recipient that is to be asked for again later gets all that it missed, once, and alone.
  #later(item: Item, recipient: string) {
    if (this.#queue.untried(recipient)) {
      const { topics, omitted } = item;
      this.#queue.extend((open) => withOmitted(withTopics(open, topics), omitted), recipient);
      return;
    }
    const copy = { ...item, only: recipient };
    this.#options.onOutcome(this.#enqueue(copy, { delayMs: retryDelayMs(1) }));
  }
}

function retryDelayAfter(error: unknown, failures: number): number {
  if (!(error instanceof SmtpProblem && error.key === 'smtpLogin' && error.needsMending)) {
    return retryDelayMs(failures);
  }
  return loginRetryMinutes[Math.min(failures, loginRetryMinutes.length) - 1]! * 60_000;
}

function alertsOf({ topics }: Item): Alert[] {
  return topics.map(({ alert }) => alert);
}

/** A mail with more to tell of: what there is no room for is counted. */
function withTopics(item: Item, topics: readonly Topic[]): Item {
  const room = Math.max(0, listed - item.topics.length);
  const more = topics.slice(room).map(({ alert: { name, state } }) => {
    const firing = state === 'firing' ? 1 : 0;
    return { name, firing, resolved: 1 - firing };
  });
  return withOmitted({ ...item, topics: [...item.topics, ...topics.slice(0, room)] }, more);
}

function withOmitted(item: Item, more: readonly Omitted[]): Item {
  const sums = new Map(item.omitted.map((one) => [one.name, one]));
  for (const { name, firing, resolved } of more) {
    const rule = sums.has(name) || sums.size < namedRules ? name : others;
    const sum = sums.get(rule);
    sums.set(rule, {
      name: rule,
      firing: firing + (sum?.firing ?? 0),
      resolved: resolved + (sum?.resolved ?? 0),
    });
  }
  return { ...item, omitted: [...sums.values()] };
}
