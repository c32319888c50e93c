import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../shared/clock.ts';
import { derivedKey } from '../shared/configurations/versions/seal.ts';
import { readGateways } from '../shared/host/gateways.ts';
import { inSlices } from '../shared/in-slices.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { readReadings } from '../shared/messages/read-readings.ts';
import { Problem, together } from '../shared/problem.ts';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { credentialSecretOf } from '../shared/red/credential-secret.ts';
import { hearGone } from '../shared/red/devices-gone.ts';
import { flowsStartedOf } from '../shared/red/flows-started.ts';
import { httpServer, type Serve } from '../shared/red/http-server.ts';
import { answerPastMessages } from '../shared/red/past-messages.ts';
import { registerNode } from '../shared/red/register-node.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { AlertLinks } from './alert-links.ts';
import { AlertManager, type Changes } from './alert-manager.ts';
import { runCommand } from './command.ts';
import {
  type AlertManagerSettings,
  alertManagerSettings,
  configurationIn,
  outputOf,
} from './config.ts';
import { checkConfiguration, type Configuration } from './configuration.ts';
import type { Moment } from './moment.ts';
import type { Texts } from './notification.ts';
import { replay, type Replayed, toReplayed } from './replay.ts';
import { hasAlerts, isAlert, onOutput, readAlerts, signed } from './runtime-messages.ts';
import { configurationOf, decode, encode, jsonOf, restore, type State } from './state.ts';
import { isWebhook, webhookAlerts } from './webhook.ts';

/** of this process */
const run = randomUUID();

const minute = 60_000;
/** ms between two lists: each has all alerts, and dashboards draw it */
const listPause = 1000;
/** alerts of a list that go out in one message */
const listPart = 250;
/** ms after the first reading by when each parent has been heard of */
const parentsHeardWithin = 10 * minute;
/** outputs behind that of the first receiver */
const [listOutput, historyOutput, heartbeatOutput] = [1, 2, 3];

type Config = NodeDef & AlertManagerSettings;

/** Registers the node that decides who is told of which alerts. */
export default function (RED: NodeAPI): void {
  const flowsStarted = flowsStartedOf(RED);
  const serve = httpServer(RED);
  function AlertManagerNode(this: Node, config: Config) {
    RED.nodes.createNode(this, config);
    new AlertManagerAdapter(RED, this, config, { flowsStarted: flowsStarted(), serve });
  }
  registerNode(RED, 'netmon-alert-manager', alertManagerSettings, AlertManagerNode);
}

class AlertManagerAdapter {
  readonly #RED: NodeAPI;
  readonly #node: Node;
  readonly #adapter: Adapter;
  readonly #file: StateFile;
  /** the configuration of the dialog */
  readonly #table: Configuration;
  readonly #manager: AlertManager;
  readonly #links: AlertLinks | undefined;
  /** false where the node was closed before */
  readonly #started: Promise<boolean>;
  #timer: NodeJS.Timeout | undefined;
  #listTimer: NodeJS.Timeout | undefined;
  #saveTimer: NodeJS.Timeout | undefined;
  #listedAt = -Infinity;
  #count = 0;
  #isListing = false;
  #isStale = false;
  /** when parents of which nothing was heard are told of; undefined before the first reading and after that */
  #warnAt: number | undefined;
  #isWarned = false;
  #isBad = false;

  constructor(
    RED: NodeAPI,
    node: Node,
    config: Config,
    { flowsStarted, serve }: { flowsStarted: Promise<void>; serve: Serve },
  ) {
    this.#RED = RED;
    this.#node = node;
    this.#adapter = new Adapter(RED, node, (removed) => this.#close(removed));
    this.#file = this.#adapter.stateFile();
    this.#table = this.#configuration(config);
    this.#manager = new AlertManager({
      configuration: this.#table,
      texts: this.#texts(),
      now: moment(),
    });
    this.#links = this.#serveLinks(config, serve);
    this.#started = this.#start(flowsStarted);
    this.#beat(config.heartbeat);
    this.#watchGateways();
    const { closing } = this.#adapter;
    closing.addEventListener(
      'abort',
      hearGone(RED.events, (devices) => void this.#takeGone(devices)),
    );
    closing.addEventListener(
      'abort',
      answerPastMessages(RED.events, node.id, async (past) => (await this.#notified(past)).length),
    );
    this.#adapter.onInput(async (message, send) => {
      if (!(await this.#started)) return;
      if (message.replay === undefined) this.#take(message, send);
      else await this.#replay(message, send);
    });
  }

  // A bad row does not keep the others from being used, nor alerts from being told.
  #configuration(config: Config): Configuration {
    const problems: Error[] = [];
    const configuration = checkConfiguration('', configurationIn(config), problems);
    for (const problem of problems) this.#adapter.fail(problem);
    this.#isBad = problems.length > 0;
    return configuration;
  }

  // Only where people can reach the page are there links to it.
  #serveLinks(config: Config, serve: Serve): AlertLinks | undefined {
    let address = '';
    try {
      address = alertManagerSettings.checks.address(config.address);
    } catch (error) {
      this.#isBad = true;
      this.#adapter.fail(error);
    }
    if (address === '') return undefined;
    const links = new AlertLinks({
      ...{ manager: this.#manager, address, path: `/netmon/alerts/${this.#node.id}` },
      ...{ clock: systemClock, translate: this.#adapter.translate },
      tell: (changes) => this.#tell(changes),
    });
    this.#adapter.closing.addEventListener('abort', serve(links.site()));
    return links;
  }

  #texts(): Texts {
    return {
      all: this.#words('topic.all'),
      flapping: (summary, changes, minutes) =>
        this.#words('summary.flapping', {
          ...{ summary, changes: String(changes), minutes: String(Math.round(minutes)) },
        }),
    };
  }

  async #start(flowsStarted: Promise<void>): Promise<boolean> {
    const { closing } = this.#adapter;
    const closed = new Promise<void>((resolve) => {
      closing.addEventListener('abort', () => resolve());
    });
    await this.#restore();
    // What is told reaches the nodes behind this one only once they are all there.
    await Promise.race([flowsStarted, closed]);
    if (closing.aborted) return false;
    this.#tell({ ...this.#manager.elapse(moment()), listed: true });
    return true;
  }

  async #restore() {
    try {
      const kept = await this.#file.read();
      if (kept === undefined) return;
      const problems: Error[] = [];
      const state = await this.#decode(kept, problems);
      const configuration = configurationOf(state, this.#table);
      this.#manager.configure(configuration, moment());
      restore(this.#manager, state, moment(), run);
      this.#links?.restore(state, this.#linkKey());
      // Alerts that were kept under another one take other routes now.
      if (JSON.stringify(state.configuration) !== JSON.stringify(configuration.input)) {
        this.#manager.configure(configuration, moment());
      }
      const left = together('kept', problems, (error) => this.#adapter.text(error));
      if (left) this.#node.warn(this.#adapter.text(left));
    } catch (error) {
      this.#node.warn(this.#adapter.text(new Problem('stateDamaged', {}, { cause: error })));
    }
  }

  async #decode(kept: unknown, problems: Error[]): Promise<State> {
    try {
      return decode(kept, problems);
    } catch (error) {
      await this.#file.putAside();
      throw error;
    }
  }

  // What would have been told of the past; nobody is told of it now.
  async #replay(message: Message, send: Send) {
    const notifications = await this.#notified(toReplayed('payload', message.payload));
    const payload = { ...(message.payload as object), notifications };
    send(onOutput(listOutput, { ...message, topic: 'replay', payload }));
  }

  #notified(past: Replayed) {
    const options = { configuration: this.#manager.configuration, texts: this.#texts() };
    return inSlices(replay(past, options), { signal: this.#adapter.closing });
  }

  #take(message: Message, send: Send) {
    const { payload, topic, command, source } = message;
    const at = moment();
    if (command !== undefined) {
      const { changes, answer } = runCommand(command, signed(message), {
        ...{ manager: this.#manager, table: this.#table, at, newId: randomUUID },
      });
      if (changes) this.#tell(changes);
      send(onOutput(listOutput, { ...message, payload: answer }));
    } else if (topic === 'ask') {
      // A dashboard asks for a page over the same wire: that is for dashboard data.
    } else if (isWebhook(payload)) {
      this.#tellAll(this.#manager.take(webhookAlerts(payload), at));
    } else if (hasAlerts(message)) {
      const { alerts, problems } = readAlerts(payload as unknown[]);
      const changes =
        typeof source === 'string'
          ? this.#manager.takeList(alerts, source, at)
          : this.#manager.take(alerts, at);
      this.#tellAll({ ...changes, problems: [...problems, ...changes.problems] });
    } else if (isAlert(payload)) {
      this.#tellAll(this.#manager.take([toAlert('payload', payload)], at));
    } else {
      const { readings, problems } = readReadings(payload, topic, at.date);
      this.#warnAt ??= at.now + parentsHeardWithin;
      this.#tellAll({ ...this.#manager.observe(readings, at), problems });
    }
  }

  async #takeGone(devices: ReadonlySet<string>) {
    if (!(await this.#started) || this.#adapter.closing.aborted) return;
    this.#tell(this.#manager.removeDevices(devices, moment()));
  }

  #tellAll({ problems, ...changes }: Changes & { problems: Error[] }) {
    this.#tell(changes);
    const problem = together('readings', problems, (error) => this.#adapter.text(error));
    if (problem) throw problem;
  }

  #tell({ notifications, readings, listed, kept }: Changes) {
    for (const { receiver, ...message } of notifications) {
      const output = this.#table.receivers.indexOf(receiver);
      if (this.#links) message.group.links = this.#links.of(message.payload);
      if (output >= 0) this.#node.send(onOutput(outputOf(output), message));
    }
    if (readings.length > 0) {
      this.#node.send(onOutput(historyOutput, { topic: 'history', payload: readings }));
    }
    if (listed) this.#listSoon();
    if (kept) this.#saveSoon();
    this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (this.#adapter.closing.aborted) return;
    const at = moment();
    // The clock on the wall may be set meanwhile.
    const wait = Math.min(this.#manager.wakeIn(at), minute);
    this.#timer = setTimeout(() => {
      this.#warn();
      this.#tell(this.#manager.elapse(moment()));
    }, wait);
  }

  #warn() {
    if (this.#isWarned || this.#warnAt === undefined || performance.now() < this.#warnAt) return;
    this.#isWarned = true;
    const names = this.#manager.unknownParents.slice(0, 20).join(', ');
    if (names !== '') this.#node.warn(this.#adapter.text(new Problem('unknownParents', { names })));
  }

  #listSoon() {
    if (this.#listTimer) return;
    // The more there are, the more seldom.
    const wait = this.#listedAt + Math.max(listPause, this.#count / 2) - performance.now();
    if (wait <= 0) this.#list();
    else this.#listTimer = setTimeout(() => this.#list(), wait);
  }

  #list() {
    clearTimeout(this.#listTimer);
    this.#listTimer = undefined;
    this.#listedAt = performance.now();
    if (this.#isListing) {
      // What changes while one is made is in the next one.
      this.#isStale = true;
      return;
    }
    this.#isListing = true;
    this.#sendList()
      .catch((error: unknown) => {
        if (!this.#adapter.closing.aborted) this.#adapter.fail(error);
      })
      .finally(() => {
        this.#isListing = false;
        if (this.#isStale && !this.#adapter.closing.aborted) this.#listSoon();
        this.#isStale = false;
      });
  }

  // A long one goes out in parts: whoever takes it in, or copies it, holds all else up as long as the one who made it.
  async #sendList() {
    const { closing } = this.#adapter;
    const alerts = await inSlices(this.#manager.inOrder(), { signal: closing, slice: 1 });
    this.#count = alerts.length;
    const count = Math.max(1, Math.ceil(alerts.length / listPart));
    const id = randomUUID();
    const counts = { firing: 0, acknowledged: 0, withheld: 0 };
    for (let index = 0; index < count; index++) {
      if (count > 1) await nextTurn();
      if (closing.aborted) return;
      const part = alerts.slice(index * listPart, (index + 1) * listPart);
      const payload = this.#manager.listed(part, moment());
      for (const { state, status } of payload) {
        if (status.state === 'suppressed') counts.withheld++;
        else if (state === 'firing') counts.firing++;
        if (status.acknowledged) counts.acknowledged++;
      }
      const parts = { id, type: 'array', index, count, len: listPart };
      const message = { topic: 'alerts', payload, ...(count > 1 && { parts }) };
      this.#node.send(onOutput(listOutput, message));
    }
    this.#show(counts);
  }

  #show(counts: Record<'firing' | 'acknowledged' | 'withheld', number>) {
    if (this.#isBad) return;
    const words = Object.entries(counts).flatMap(([key, count]) =>
      count > 0 ? [this.#words(`status.${key}`, { count: String(count) })] : [],
    );
    if (words.length === 0) this.#adapter.status('ok', this.#words('status.none'));
    else this.#adapter.status(counts.firing > 0 ? 'warning' : 'busy', words.join(', '));
  }

  // They may change: a lease ends, a cable is put elsewhere.
  #watchGateways() {
    const look = async () => {
      if (!this.#manager.configuration.gateway || !(await this.#started)) return;
      const addresses = (await readGateways()).map(({ address }) => address);
      if (!this.#adapter.closing.aborted) {
        this.#tell(this.#manager.setGateways(addresses, moment()));
      }
    };
    void look();
    const timer = setInterval(() => void look(), minute);
    this.#adapter.closing.addEventListener('abort', () => clearInterval(timer));
  }

  #beat(seconds: number) {
    if (!(seconds > 0)) return;
    const timer = setInterval(() => {
      const payload = { time: Date.now(), alerts: this.#count };
      this.#node.send(onOutput(heartbeatOutput, { topic: 'heartbeat', payload }));
    }, seconds * 1000);
    this.#adapter.closing.addEventListener('abort', () => clearInterval(timer));
  }

  // The more alerts there are, the more seldom: what a crash costs, the senders' lists bring back.
  #saveSoon() {
    this.#saveTimer ??= setTimeout(
      () => {
        this.#saveTimer = undefined;
        this.#file
          .write(() => jsonOf(this.#state()))
          .catch((error: unknown) => this.#adapter.fail(error));
      },
      Math.min(this.#count / 2, 5000),
    );
  }

  // Node-RED may make its secret only with the first deploy that has credentials.
  #linkKey(): Uint8Array | undefined {
    const secret = credentialSecretOf(this.#RED);
    return secret === undefined ? undefined : derivedKey(secret, 'links of alerts');
  }

  #state(): State {
    const state = encode(this.#manager, this.#table.input, moment(), run);
    return { ...state, ...this.#links?.kept(this.#linkKey()) };
  }

  async #close(removed: boolean) {
    for (const timer of [this.#timer, this.#listTimer, this.#saveTimer]) clearTimeout(timer);
    const started = await this.#started;
    if (removed) await this.#file.remove();
    else if (started) await this.#file.write(() => jsonOf(this.#state()));
  }

  #words(key: string, params?: Record<string, string>): string {
    return this.#adapter.translate(`alert-manager.${key}`, params);
  }
}

function moment(): Moment {
  return { now: performance.now(), date: Date.now() };
}
