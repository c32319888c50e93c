import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import type { Alert } from '../contract/alert.ts';
import { duration } from '../contract/units.ts';
import * as check from '../shared/check.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { Version } from '../shared/configurations/versions/contract.ts';
import type { MailServerNode } from '../shared/mail/send-mail.ts';
import { type Receipt, sendMail, type SmtpServer } from '../shared/mail/send-mail.ts';
import { isSmtpProblem, SmtpProblem } from '../shared/mail/smtp-problem.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { together } from '../shared/problem.ts';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { historyOf, versionsOf } from '../shared/red/history-node.ts';
import { answerPastMessages } from '../shared/red/past-messages.ts';
import { type IdleNode, registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { toActionLinks } from './action-links.ts';
import { toAlertGroup } from './alert-group.ts';
import { compose, inOrder } from './compose.ts';
import { composeSummary, type Told } from './compose-summary.ts';
import {
  type CheckedSettings,
  checkSettings,
  type EmailAlertSettings,
  emailSettings,
} from './config.ts';
import { AlertMailer, type Sent } from './mailer.ts';
import { type MailerState, toMailerState } from './mailer-state.ts';
import { newMessageId } from './message-id.ts';
import { metricPictures, type Picture } from './metric-pictures.ts';
import { pastMails } from './past-mails.ts';
import { recentChanges } from './recent-changes.ts';
import type { Queued } from './retry-queue.ts';
import { followSchedule, scheduleOf } from './runtime-summary.ts';
import { addTestMailRoute } from './runtime-test-mail.ts';
import { readSummary } from './summary.ts';
import type { SummaryPeriod } from './summary-schedule.ts';
import { type Talker, topTalkers } from './top-talkers.ts';
import { alertsOf, type WaitingMail } from './waiting-mail.ts';

type Config = NodeDef & EmailAlertSettings & { server: string; history?: string };

/** for a mail under way to be finished when the node closes; Node-RED waits 15 s in all. */
const graceMs = 10_000;
/** for the pictures of a mail; without them in time it goes without */
const picturesMs = 5_000;
/** for what a summary tells */
const summaryMs = 60_000;

/** @param clock another one for tests */
export default function (RED: NodeAPI, clock = systemClock): void {
  function EmailAlertNode(this: Node, config: Config) {
    RED.nodes.createNode(this, config);
    new EmailAlert(RED, this, config, clock);
  }
  registerNode(RED, 'netmon-email-alert', emailSettings, EmailAlertNode);
  addTestMailRoute(RED);
}

class EmailAlert {
  readonly #RED: NodeAPI;
  readonly #adapter: Adapter;
  readonly #config: Config;
  readonly #file: StateFile;
  readonly #problems: RepeatedProblems;
  readonly #clock: Clock;
  #mailer: AlertMailer | undefined;
  #restored: Promise<void> | undefined;
  #sent = 0;

  constructor(RED: NodeAPI, node: Node, config: Config, clock: Clock) {
    this.#RED = RED;
    this.#config = config;
    this.#clock = clock;
    this.#adapter = new Adapter(RED, node, (removed) => this.#close(removed));
    this.#file = this.#adapter.stateFile();
    this.#problems = new RepeatedProblems(clock);
    this.#adapter.run(() => {
      const settings = checkSettings(config);
      const mailer = this.#start(settings, clock);
      this.#mailer = mailer;
      this.#adapter.status('idle', this.#words('ready'));
      this.#adapter.closing.addEventListener(
        'abort',
        answerPastMessages(RED.events, node.id, ({ alerts }) =>
          Promise.resolve(pastMails(alerts, settings)),
        ),
      );
      this.#restored = this.#restore(mailer).then(() => this.#followSummaries(settings, mailer));
      this.#adapter.onInput(async (message, send) => {
        await this.#restored;
        const group = toAlertGroup(message.group, message.topic);
        const sent = await mailer.push(this.#alerts(message), group, toActionLinks(message.group));
        if (sent) this.#deliver(sent, message, send);
      });
    });
  }

  #start(settings: CheckedSettings, clock: Clock): AlertMailer {
    return new AlertMailer({
      severity: settings.severity,
      recoveries: settings.recoveries,
      perHour: settings.perHour,
      send: (mail, signal) => this.#send(settings, mail, signal),
      keep: () => this.#save(),
      onRetry: (error, delayMs, alerts) => this.#tellRetry(error, delayMs, alerts),
      onOutcome: (queued) => this.#tellOutcome(queued),
      newMessageId: () => newMessageId(settings.from),
      clock,
    });
  }

  // A good alert is not lost with a bad one beside it.
  #alerts(message: Message): Alert[] {
    if (!Array.isArray(message.payload)) return [toAlert('payload', message.payload)];
    return message.payload.flatMap((one, i) => {
      try {
        return toAlert(check.join('payload', i), one);
      } catch (error) {
        this.#adapter.fail(error, message);
        return [];
      }
    });
  }

  async #send(settings: CheckedSettings, mail: WaitingMail, signal: AbortSignal): Promise<Receipt> {
    const server = this.#server();
    this.#adapter.status('busy', this.#words('sending'));
    const { translate } = this.#adapter;
    if (mail.summary) {
      const told = await this.#summary(mail.summary, signal);
      const composed = composeSummary(settings, mail, mail.summary, told, translate);
      return sendMail(server, composed, signal);
    }
    const [pictures, changes, talkers] = await Promise.all([
      this.#pictures(mail, signal),
      this.#changes(mail, signal),
      this.#talkers(mail, signal),
    ]);
    const found = { pictures, changes, talkers };
    return sendMail(server, compose(settings, mail, translate, found), signal);
  }

  #followSummaries(settings: CheckedSettings, mailer: AlertMailer) {
    const schedule = scheduleOf(settings);
    const { closing, node } = this.#adapter;
    if (!schedule || closing.aborted) return;
    if (!this.#config.history) {
      node.warn(this.#words('noSummary'));
      return;
    }
    const end = followSchedule(schedule, mailer, this.#clock);
    closing.addEventListener('abort', end);
  }

  // One that cannot be read says so: nobody is to miss it.
  async #summary(period: SummaryPeriod, signal: AbortSignal): Promise<Told> {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(summaryMs)]);
    try {
      const history = await historyOf(this.#RED, this.#config.history ?? '')();
      return { summary: await readSummary(history, period, inTime) };
    } catch (error) {
      signal.throwIfAborted();
      const reason = this.#adapter.text(error);
      return { problem: this.#adapter.translate('email-alert.mail.summary.unread', { reason }) };
    }
  }

  // An alert must not wait for its picture.
  async #pictures(mail: WaitingMail, signal: AbortSignal): Promise<Map<string, Picture>> {
    const { history: id } = this.#config;
    if (!id) return new Map();
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(picturesMs)]);
    try {
      const history = await historyOf(this.#RED, id)();
      const now = this.#clock.date();
      const pictures = await metricPictures(inOrder(mail), history, mail.messageId, now, inTime);
      this.#problems.see('pictures', undefined);
      return pictures;
    } catch (error) {
      signal.throwIfAborted();
      const reason = this.#adapter.text(error);
      if (this.#problems.see('pictures', reason)) {
        this.#adapter.node.warn(this.#words('noPictures', { reason }));
      }
      return new Map();
    }
  }

  // Likewise. Where no configurations are kept, and where they cannot be read, it goes without.
  async #changes(mail: WaitingMail, signal: AbortSignal): Promise<Map<string, Version>> {
    const { history: id } = this.#config;
    if (!id) return new Map();
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(picturesMs)]);
    const late = new Promise<never>((_, reject) => {
      inTime.addEventListener('abort', () => reject(inTime.reason as Error), { once: true });
    });
    try {
      const versions = await Promise.race([versionsOf(this.#RED, id)(), late]);
      return await Promise.race([recentChanges(inOrder(mail), versions), late]);
    } catch {
      signal.throwIfAborted();
      return new Map();
    }
  }

  // Likewise, and where there are no flows. That a history cannot be read, pictures say.
  async #talkers(mail: WaitingMail, signal: AbortSignal): Promise<Map<string, Talker[]>> {
    const { history: id } = this.#config;
    if (!id) return new Map();
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(picturesMs)]);
    try {
      const history = await historyOf(this.#RED, id)();
      return await topTalkers(inOrder(mail), history, this.#clock.date(), inTime);
    } catch {
      signal.throwIfAborted();
      return new Map();
    }
  }

  // Someone may mend or switch on the config node: until then its alerts wait.
  #server(): SmtpServer {
    const node = this.#RED.nodes.getNode(this.#config.server) as unknown as
      (Partial<MailServerNode> & IdleNode) | null;
    if (node?.problem) {
      throw new SmtpProblem('mailServerSettings', {}, true, node.problem, { needsMending: true });
    }
    if (!node?.server) {
      throw new SmtpProblem('mailNoServer', {}, true, undefined, { needsMending: true });
    }
    try {
      return node.server();
    } catch (error) {
      throw new SmtpProblem('mailServerSettings', {}, true, error, { needsMending: true });
    }
  }

  #deliver({ alerts, receipt }: Sent, message: object, send: Send) {
    const { refusals, deferred = [], ...payload } = receipt;
    this.#problems.see('server', undefined);
    const later = deferred.map(({ recipient }) => recipient);
    if (refusals.length > 0) {
      this.#warn('refused', receipt.rejected, refusals);
    } else if (later.length > 0) {
      const replies = deferred.map(({ reply }) => reply);
      this.#warn('deferred', later, replies);
    }
    if (receipt.accepted.length === 0) return;
    const sent = String(++this.#sent);
    if (refusals.length + later.length === 0) {
      this.#adapter.status('ok', this.#words('sent', { sent }));
    }
    send({
      ...message,
      payload: { ...payload, ...(later.length > 0 && { deferred: later }) },
      alerts,
    });
  }

  #warn(key: string, recipients: readonly string[], replies: readonly string[]) {
    const params = { recipients: recipients.join(', '), replies: replies.join(', ') };
    const words = this.#words(key, params);
    this.#adapter.status('warning', words);
    this.#adapter.node.warn(words);
  }

  #tellRetry(error: unknown, delayMs: number, alerts: Alert[]) {
    const words = this.#words('retrying', {
      delay: duration(delayMs / 1000),
      reason: this.#adapter.text(error),
      waiting: String(this.#mailer?.waiting ?? alerts.length),
    });
    const problem = isSmtpProblem(error) ? error : undefined;
    const needsMending = problem?.needsMending === true;
    this.#adapter.status(needsMending ? 'error' : 'warning', words);
    if (!this.#problems.see('server', problem?.key ?? '')) return;
    if (needsMending) this.#adapter.node.error(words, this.#newMessage({ payload: alerts }));
    else this.#adapter.node.warn(words);
  }

  // The mail of no message: one from before the start, or one that a recipient gets later.
  #tellOutcome(queued: Queued<WaitingMail, Sent | undefined>) {
    const send: Send = (message) => this.#adapter.node.send(message as NodeMessage);
    void queued.outcome.then(
      (sent) => sent && this.#deliver(sent, this.#newMessage(), send),
      (error: unknown) => {
        this.#adapter.fail(error, this.#newMessage({ payload: alertsOf(queued.item) }));
      },
    );
  }

  #newMessage(properties: object = {}): Message {
    return { _msgid: this.#RED.util.generateId(), ...properties };
  }

  async #restore(mailer: AlertMailer) {
    try {
      const kept = await this.#file.read();
      if (kept !== undefined) mailer.restore(await this.#decode(kept));
    } catch (error) {
      this.#adapter.node.warn(this.#words('forgotten', { reason: this.#adapter.text(error) }));
    }
  }

  // What is damaged is put aside, for what was in it may still matter to somebody.
  async #decode(kept: unknown): Promise<MailerState> {
    const problems: Error[] = [];
    try {
      return toMailerState(kept, problems);
    } catch (error) {
      await this.#file.putAside();
      throw error;
    } finally {
      const left = together('kept', problems, (error) => this.#adapter.text(error));
      if (left) {
        await this.#file.putAside();
        this.#adapter.node.warn(this.#words('forgotten', { reason: this.#adapter.text(left) }));
      }
    }
  }

  // Keeping the state must not hold up a mail: where the disk fails, alerts still go out.
  async #save() {
    const mailer = this.#mailer;
    if (!mailer) return;
    await this.#file
      .write(() => mailer.state())
      .catch((error: unknown) => {
        this.#adapter.node.warn(this.#words('notKept', { reason: this.#adapter.text(error) }));
      });
  }

  async #close(removed: boolean) {
    await this.#mailer?.stop(graceMs);
    // What is still being read must not be overwritten.
    await this.#restored;
    if (removed) await this.#file.remove();
    else await this.#save();
  }

  #words(key: string, params?: Record<string, string>): string {
    return this.#adapter.translate(`email-alert.status.${key}`, params);
  }
}
