import { type Alert, severities, type Severity } from '../contract/alert.ts';
import type { Clock } from '../shared/clock.ts';
import type { Receipt } from '../shared/mail/send-mail.ts';
import { isSmtpProblem } from '../shared/mail/smtp-problem.ts';
import { Problem } from '../shared/problem.ts';
import type { ActionLinks } from './action-links.ts';
import type { AlertGroup } from './alert-group.ts';
import { GroupThreads } from './group-threads.ts';
import { MailLimit } from './mail-limit.ts';
import { MailedAlerts } from './mailed-alerts.ts';
import type { MailerState } from './mailer-state.ts';
import { type Queued, retryDelayMs, RetryQueue, type Untried } from './retry-queue.ts';
import type { SummaryPeriod } from './summary-schedule.ts';
import {
  alertsOf,
  count,
  listed,
  putTogether,
  tellsOfAny,
  type Topic,
  type WaitingMail,
  withOmitted,
  withTopics,
} from './waiting-mail.ts';

/** How long a mail of its own is tried that the server puts off, though it takes others. */
const patienceHours = 24;
/** How many alerts all waiting mails list, above which no more groups are taken. */
export const mostListed = 10_000;

/** minutes after the n-th refused login in a row: servers lock out who comes again too often */
const loginRetryMinutes = [1, 5, 15, 60];
const loginKeys: ReadonlySet<string> = new Set([
  ...['smtpLogin', 'smtpToken', 'tokenSignIn', 'tokenClient'],
]);

/** A mail that the server took. */
export interface Sent {
  alerts: Alert[];
  receipt: Receipt;
}

export interface MailerOptions {
  severity: Severity;
  recoveries: boolean;
  /** mails in any hour; 0 for no limit */
  perHour: number;
  send: (mail: WaitingMail, signal: AbortSignal) => Promise<Receipt>;
  /** told that {@link AlertMailer.state} has changed; resolves once it is kept, or cannot be */
  keep: () => Promise<void>;
  /** told of each failure that another try follows, with the alerts of the mail */
  onRetry: (error: unknown, delayMs: number, alerts: Alert[]) => void;
  /** told the outcome of a mail that no {@link AlertMailer.push} waits for */
  onOutcome: (queued: Queued<WaitingMail, Sent | undefined>) => void;
  newMessageId: () => string;
  clock: Clock;
}

/**
 * Decides which alerts are mailed, and mails them in order until the server has taken them. What comes
 * while a mail is on its way or waits is put together into the next one, or into the next one of its group.
 */
export class AlertMailer {
  readonly #options: MailerOptions;
  readonly #queue: RetryQueue<WaitingMail, Sent | undefined>;
  readonly #limit: MailLimit;
  #mailed = new MailedAlerts();
  #threads = new GroupThreads();
  #summarized: number | undefined;

  constructor(options: MailerOptions) {
    this.#options = options;
    this.#limit = new MailLimit(options.perHour, options.clock);
    this.#queue = new RetryQueue({
      attempt: (item, signal) => this.#attempt(item, signal),
      judge: (error) =>
        isSmtpProblem(error)
          ? { final: !error.temporary, forAll: error.scope === 'server' }
          : { final: true, forAll: false },
      retryDelayMs: retryDelayAfter,
      onRetry: (error, ms, item) => options.onRetry(error, ms, alertsOf(item)),
      givenUp: (cause) => new Problem('mailGivenUp', { hours: patienceHours }, { cause }),
      patienceMs: patienceHours * 3_600_000,
      // A recipient who was put off has a lane of its own, and gets what counted before.
      notBefore: (lane) => (lane === '' ? this.#limit.notBefore : -Infinity),
      together: putTogether,
      clock: options.clock,
    });
  }

  /** How many alerts wait. */
  get waiting(): number {
    return this.#items().reduce((sum, item) => sum + item.topics.length + count(item.omitted), 0);
  }

  state(): MailerState {
    return {
      queue: this.#queue.entries(),
      mailed: this.#mailed.state(),
      threads: this.#threads.state(),
      told: this.#threads.told(),
      limit: this.#limit.state(),
      summarized: this.#summarized,
    };
  }

  /** Goes on where an earlier state ended. */
  restore({ queue, mailed, threads, told, limit, summarized }: MailerState): void {
    this.#summarized = summarized;
    this.#mailed = new MailedAlerts(mailed);
    this.#threads = new GroupThreads(threads, told);
    if (limit) this.#limit.restore(limit);
    for (const { item, tried } of queue) {
      this.#options.onOutcome(this.#enqueue(item, { tried }));
    }
  }

  /**
   * Mails those of the alerts that are to be mailed. Resolves once the server took their mail, with it
   * where this was the first to wait for it, and with undefined otherwise, where there is nothing to
   * mail, or {@link stop} came first; rejects once it has failed for good, and with a Problem where too much waits.
   * @param group of all of them, put together before they came: each time they come they are told again
   * @param links what can be done about them, by their fingerprints
   */
  async push(
    alerts: Alert[],
    group?: AlertGroup,
    links: ReadonlyMap<string, ActionLinks> = new Map(),
  ): Promise<Sent | undefined> {
    if (group && this.#threads.isTold(group)) return undefined;
    const open = this.#open(alerts, group);
    const item = open?.item ?? this.#newMail(group);
    const full = item.topics.length >= listed;
    if (group && !full) this.#checkRoom(alerts.length);
    const topics: Topic[] = [];
    // One after the other: what is mailed of one counts for the next.
    for (const alert of alerts) {
      if (!this.#isWanted(alert, group)) continue;
      const own = links.get(alert.fingerprint);
      topics.push({ ...this.#topic(alert, item.messageId), ...(own && { links: own }) });
    }
    if (topics.length === 0) return undefined;
    const thread = group && this.#threads.take(group, item.messageId);
    const inThread = { ...item, ...(thread !== undefined && !open && { thread }) };
    if (!open) return this.#enqueue(withTopics(inThread, topics)).outcome;
    const isHeld = this.#limit.isReached;
    open.extend((waiting) =>
      isHeld
        ? putTogether(waiting, { ...this.#newMail(group), topics })
        : withTopics({ ...waiting, ...(group && { group }) }, topics),
    );
    this.#changed();
    // However many come while the server is down, few messages are held.
    return full ? undefined : open.join();
  }

  /** When the last summary was due, in ms since the Unix epoch; undefined before the first. */
  get summarized(): number | undefined {
    return this.#summarized;
  }

  /**
   * Mails a summary of a period, unless there was one of its end.
   * @param isLate whether it is too late for that: then it only counts as told
   */
  summarize(period: SummaryPeriod, isLate = false): void {
    if (this.#summarized !== undefined && this.#summarized >= period.to) return;
    this.#summarized = period.to;
    if (isLate) this.#changed();
    else this.#options.onOutcome(this.#enqueue({ ...this.#newMail(undefined), summary: period }));
  }

  /** Ends after at most `graceMs`; what is not sent by then is in {@link state}. */
  stop(graceMs: number): Promise<void> {
    return this.#queue.stop(graceMs);
  }

  // The mail that more can be added to: the next one while the limit holds it back, else the group's next one.
  #open(
    alerts: readonly Alert[],
    group: AlertGroup | undefined,
  ): Untried<WaitingMail, Sent | undefined> | undefined {
    if (this.#limit.isReached) return this.#queue.untried();
    return this.#queue.untried(
      '',
      (item, behind) =>
        item.group?.key === group?.key && !behind.some((later) => tellsOfAny(later, alerts)),
    );
  }

  #newMail(group: AlertGroup | undefined): WaitingMail {
    const messageId = this.#options.newMessageId();
    return { topics: [], omitted: [], messageId, ...(group && { group }) };
  }

  #checkRoom(more: number) {
    const waiting = this.#items().reduce((sum, { topics }) => sum + topics.length, 0);
    if (waiting > 0 && waiting + more > mostListed) {
      throw new Problem('mailSpoolFull', { count: mostListed });
    }
  }

  #items(): WaitingMail[] {
    return this.#queue.entries().map(({ item }) => item);
  }

  #changed() {
    void this.#options.keep();
  }

  #isWanted(alert: Alert, group: AlertGroup | undefined): boolean {
    const { recoveries, severity } = this.#options;
    if (alert.state === 'resolved') {
      const mailed = this.#mailed.messageId(alert) !== undefined;
      const isTold = recoveries && !alert.event;
      if (!isTold) this.#mailed.end(alert);
      return isTold && mailed;
    }
    return (
      alert.state === 'firing' &&
      severities.indexOf(alert.severity) >= severities.indexOf(severity) &&
      // What goes on is told once, unless a group is repeated.
      (group !== undefined || !this.#mailed.has(alert))
    );
  }

  #topic(alert: Alert, messageId: string): Topic {
    const before = this.#mailed.messageId(alert);
    if (alert.state === 'resolved') {
      this.#mailed.end(alert);
    } else if (before === undefined || !this.#mailed.has(alert)) {
      this.#mailed.remember(alert, messageId);
      return { alert };
    }
    return before === undefined || before === messageId ? { alert } : { alert, after: before };
  }

  #enqueue(
    item: WaitingMail,
    options: { delayMs?: number; tried?: boolean } = {},
  ): Queued<WaitingMail, Sent | undefined> {
    const queued = this.#queue.push(item, { lane: laneOf(item), ...options });
    this.#changed();
    const outcome = queued.outcome
      .catch((error: unknown) => {
        if (item.only === undefined) this.#takeBack(item);
        throw error;
      })
      .finally(() => this.#changed());
    return {
      get item() {
        return queued.item;
      },
      outcome,
    };
  }

  // Where no mail told of an alert, none tells of its recovery.
  #takeBack({ messageId }: WaitingMail) {
    this.#mailed.forgetMail(messageId);
    this.#threads.forgetMail(messageId);
    this.#queue.replace(({ thread, ...item }) => ({
      ...item,
      ...(thread !== undefined && thread !== messageId && { thread }),
      topics: item.topics.filter(
        ({ alert, after }) => after !== messageId || alert.state === 'firing',
      ),
    }));
  }

  async #attempt(item: WaitingMail, signal: AbortSignal): Promise<Sent | undefined> {
    if (item.topics.length === 0 && !item.summary) return undefined;
    // With its id, and that it may be taken: after that nothing is added to it, also after a crash.
    await this.#options.keep();
    const receipt = await this.#options.send(item, signal);
    if (laneOf(item) === '') this.#limit.count();
    for (const { recipient } of receipt.deferred ?? []) this.#later(item, recipient);
    return { alerts: alertsOf(item), receipt };
  }

  // A recipient that is to be asked for again later gets all that it missed, once, and alone.
  #later(item: WaitingMail, recipient: string) {
    const open = this.#queue.untried(recipient, ({ summary }) => !summary);
    if (open && !item.summary) {
      const { topics, omitted } = item;
      open.extend((waiting) => withOmitted(withTopics(waiting, topics), omitted));
      return;
    }
    const copy = { ...item, only: recipient };
    this.#options.onOutcome(this.#enqueue(copy, { delayMs: retryDelayMs(1) }));
  }
}

// Summaries wait for no alert, nor alerts for them; a recipient who was put off holds up no other.
function laneOf({ only, summary }: WaitingMail): string {
  return only ?? (summary ? 'summary' : '');
}

function retryDelayAfter(error: unknown, failures: number): number {
  if (!(isSmtpProblem(error) && loginKeys.has(error.key) && error.needsMending)) {
    return retryDelayMs(failures);
  }
  return loginRetryMinutes[Math.min(failures, loginRetryMinutes.length) - 1]! * 60_000;
}
