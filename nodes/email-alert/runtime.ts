import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { type IdleNode, registerNode } from '../shared/red/register-node.ts';
import type { Alert } from '../contract/alert.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import * as check from '../shared/check.ts';
import { together } from '../shared/problem.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { duration } from '../contract/units.ts';
import type { MailServerNode } from '../shared/mail/send-mail.ts';
import { sendMail, type Receipt, type SmtpServer } from '../shared/mail/send-mail.ts';
import { SmtpProblem } from '../shared/mail/smtp-problem.ts';
import { compose, type Thread } from './compose.ts';
import {
  checkSettings,
  type CheckedSettings,
  type EmailAlertSettings,
  emailSettings,
} from './config.ts';
import { AlertMailer, type Extent, type Sent } from './mailer.ts';
import { toMailerState, type Item, type MailerState } from './mailer-state.ts';
import { newMessageId } from './message-id.ts';
import type { Queued } from './retry-queue.ts';
import { addTestMailRoute } from './runtime-test-mail.ts';
import { toAlert } from '../shared/messages/read-alert.ts';

type Config = NodeDef & EmailAlertSettings & { server: string };

/** for a mail under way to be finished when the node closes; Node-RED waits 15 s in all. */
const graceMs = 10_000;

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
  #mailer: AlertMailer | undefined;
  #restored: Promise<void> | undefined;
  #sent = 0;

  constructor(RED: NodeAPI, node: Node, config: Config, clock: Clock) {
    this.#RED = RED;
    this.#config = config;
    this.#adapter = new Adapter(RED, node, (removed) => this.#close(removed));
    this.#file = this.#adapter.stateFile();
    this.#problems = new RepeatedProblems(clock);
    this.#adapter.run(() => {
      const mailer = this.#start(checkSettings(config), clock);
      this.#mailer = mailer;
      this.#adapter.status('idle', this.#words('ready'));
      this.#restored = this.#restore(mailer);
      this.#adapter.onInput(async (message, send) => {
        await this.#restored;
        const alerts = this.#alerts(message);
        const sent = await mailer.push(alerts);
        if (sent) this.#deliver(sent, message, send);
      });
    });
  }

  #start(settings: CheckedSettings, clock: Clock): AlertMailer {
    return new AlertMailer({
      severity: settings.severity,
      recoveries: settings.recoveries,
      send: (alerts, thread, signal, extent) =>
        this.#send(settings, alerts, thread, signal, extent),
      onChange: () => void this.#save(),
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

  async #send(
    settings: CheckedSettings,
    alerts: Alert[],
    thread: Thread,
    signal: AbortSignal,
    { omitted, only }: Extent,
  ): Promise<Receipt> {
    const server = this.#server();
    this.#adapter.status('busy', this.#words('sending'));
    const mail = compose(settings, alerts, thread, this.#adapter.translate, omitted);
    return sendMail(server, { ...mail, only }, signal);
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
    const problem = error instanceof SmtpProblem ? error : undefined;
    const needsMending = problem?.needsMending === true;
    this.#adapter.status(needsMending ? 'error' : 'warning', words);
    if (!this.#problems.see('server', problem?.key ?? '')) return;
    if (needsMending) this.#adapter.node.error(words, this.#newMessage({ payload: alerts }));
    else this.#adapter.node.warn(words);
  }

  // The mail of no message: one from before the start, or one that a recipient gets later.
  #tellOutcome(queued: Queued<Item, Sent | undefined>) {
    const send: Send = (message) => this.#adapter.node.send(message as NodeMessage);
    void queued.outcome.then(
      (sent) => sent && this.#deliver(sent, this.#newMessage(), send),
      (error: unknown) => {
        const payload = queued.item.topics.map((topic) => topic.alert);
        this.#adapter.fail(error, this.#newMessage({ payload }));
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
