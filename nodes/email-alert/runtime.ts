import { randomUUID } from 'node:crypto';
import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { Adapter, type Message, type Send } from '../shared/adapter.ts';
import { toAlert, type Alert } from '../shared/alert.ts';
import * as check from '../shared/check.ts';
import { Problem } from '../shared/problem.ts';
import type { StateFile } from '../shared/state-file.ts';
import { duration } from '../shared/units.ts';
import type { SmtpServerNode } from '../smtp-server/runtime.ts';
import { sendMail } from '../smtp-server/send-mail.ts';
import { compose, type Thread } from './compose.ts';
import { checkSettings, type CheckedSettings, type EmailAlertSettings } from './config.ts';
import { AlertMailer, type Sent } from './mailer.ts';
import { toMailerState } from './mailer-state.ts';
import type { Clock } from './retry-queue.ts';
import { serveTestMails } from './test-mail.ts';

type Config = NodeDef & EmailAlertSettings & { server: string };

/** ms for a mail under way to be finished when the node closes; Node-RED waits 15 s in all. */
const grace = 10_000;

const systemClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** @param clock another one for tests */
export default function (RED: NodeAPI, clock = systemClock): void {
  function EmailAlertNode(this: Node, config: Config) {
    RED.nodes.createNode(this, config);
    new EmailAlert(RED, this, config, clock);
  }
  RED.nodes.registerType('netmon-email-alert', EmailAlertNode);
  serveTestMails(RED);
}

class EmailAlert {
  readonly #RED: NodeAPI;
  readonly #adapter: Adapter;
  readonly #config: Config;
  readonly #file: StateFile;
  #mailer: AlertMailer | undefined;
  #restored: Promise<void> | undefined;
  #sent = 0;

  constructor(RED: NodeAPI, node: Node, config: Config, clock: Clock) {
    this.#RED = RED;
    this.#config = config;
    this.#adapter = new Adapter(RED, node, (removed) => this.#close(removed));
    this.#file = this.#adapter.stateFile();
    try {
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
    } catch (error) {
      this.#adapter.fail(error);
      this.#adapter.onInput(() => {
        throw error;
      });
    }
  }

  #start(settings: CheckedSettings, clock: Clock): AlertMailer {
    const domain = settings.from.address.split('@')[1]!;
    return new AlertMailer({
      severity: settings.severity,
      recoveries: settings.recoveries,
      send: (alerts, thread, signal) => this.#send(settings, alerts, thread, signal),
      onChange: () => void this.#save(),
      onRetry: (error, pause, tries) => this.#tellRetry(error, pause, tries),
      newMessageId: () => `<${randomUUID()}@${domain}>`,
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

  async #send(settings: CheckedSettings, alerts: Alert[], thread: Thread, signal: AbortSignal) {
    const node = this.#RED.nodes.getNode(this.#config.server) as SmtpServerNode | null;
    if (!node) throw new Problem('mailNoServer');
    this.#adapter.status('busy', this.#words('sending'));
    const mail = compose(settings, alerts, thread, this.#adapter.translate);
    return sendMail(node.server(), mail, signal);
  }

  #deliver({ alerts, receipt }: Sent, message: object, send: Send) {
    const { refusals, ...payload } = receipt;
    const sent = String(++this.#sent);
    if (refusals.length === 0) {
      this.#adapter.status('ok', this.#words('sent', { sent }));
    } else {
      const refused = { recipients: receipt.rejected.join(', '), replies: refusals.join(', ') };
      this.#adapter.status('warning', this.#words('refused', refused));
      this.#adapter.node.warn(this.#words('refused', refused));
    }
    send({ ...message, payload, alerts });
  }

  #tellRetry(error: unknown, pause: number, tries: number) {
    const params = {
      pause: duration(pause / 1000),
      reason: this.#adapter.text(error),
      waiting: String(this.#mailer?.waiting ?? 1),
    };
    this.#adapter.status('warning', this.#words('retrying', params));
    if (tries === 1) this.#adapter.node.warn(this.#words('retrying', params));
  }

  async #restore(mailer: AlertMailer) {
    try {
      const kept = await this.#file.read();
      if (kept === undefined) return;
      const state = toMailerState(kept);
      const send: Send = (message) => this.#adapter.node.send(message as NodeMessage);
      const outcomes = mailer.restore(state);
      state.queue.forEach(({ item }, i) => {
        const _msgid = this.#RED.util.generateId();
        const payload = item.topics.map((topic) => topic.alert);
        void outcomes[i]!.then(
          (sent) => sent && this.#deliver(sent, { _msgid }, send),
          (error: unknown) => this.#adapter.fail(error, { _msgid, payload }),
        );
      });
    } catch (error) {
      this.#adapter.node.warn(this.#words('forgotten', { reason: this.#adapter.text(error) }));
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
    await this.#mailer?.stop(grace);
    // What is still being read must not be overwritten.
    await this.#restored;
    if (removed) await this.#file.remove();
    else await this.#save();
  }

  #words(key: string, params?: Record<string, string>): string {
    return this.#adapter.translate(`email-alert.status.${key}`, params);
  }
}
