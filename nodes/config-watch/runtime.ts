import { randomBytes } from 'node:crypto';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Alert, Severity } from '../contract/alert.ts';
import { duration } from '../contract/units.ts';
import { systemClock } from '../shared/clock.ts';
import type {
  ConfigurationAccess,
  ConfigurationAccessNode,
} from '../shared/configurations/access.ts';
import { ConfigurationReader } from '../shared/configurations/configuration-reader.ts';
import type { Versions } from '../shared/configurations/versions/contract.ts';
import { derivedKey } from '../shared/configurations/versions/seal.ts';
import { inSlices } from '../shared/in-slices.ts';
import { isOn, type MaintenanceWindow } from '../shared/maintenance.ts';
import { isProblem, Problem, together } from '../shared/problem.ts';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { credentialSecretOf } from '../shared/red/credential-secret.ts';
import { hearGone } from '../shared/red/devices-gone.ts';
import { flowsStartedOf } from '../shared/red/flows-started.ts';
import { versionsOf } from '../shared/red/history-node.ts';
import { pacedStatus } from '../shared/red/paced-status.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { ChangeSigns } from './change-signs.ts';
import { checkSettings, type WatchConfig, type WatchSettings, watchSettings } from './config.ts';
import { ConfigWatch, type Outcome, type WatchedDevice } from './config-watch.ts';
import type { FetchSchedule } from './fetch-schedule.ts';
import { LearnedDevices } from './learned-devices.ts';
import { isOfStore, mayPass } from './look-problem.ts';
import { type Wish, wishOf } from './message.ts';
import { NamedDevices } from './named-devices.ts';
import { resultOf } from './result.ts';
import { alertTexts } from './runtime-alert-texts.ts';
import { addFetchRoute, type WatchNode } from './runtime-fetch.ts';
import { type LastChange, statusWords } from './runtime-status.ts';
import { decode, type State } from './state.ts';
import { WatchAlerts } from './watch-alerts.ts';
import { readWatched } from './watched-devices.ts';

type Config = NodeDef & WatchConfig;

/** what a problem is about that is not of a device; no device has such a name */
const [ofList, ofStore, ofState] = [' list', ' store', ' state'];
/** ms that changes of the state gather before they are kept */
const keepPause = 1000;

/** Registers the node that fetches configurations and tells of changes. */
export default function (RED: NodeAPI): void {
  const flowsStarted = flowsStartedOf(RED);
  function ConfigWatchNode(this: WatchNode, config: Config) {
    RED.nodes.createNode(this, config);
    new ConfigWatchAdapter(RED, this, config, flowsStarted());
  }
  registerNode<WatchNode, WatchConfig>(RED, 'netmon-config-watch', watchSettings, ConfigWatchNode);
  addFetchRoute(RED);
}

class ConfigWatchAdapter {
  readonly #RED: NodeAPI;
  readonly #node: Node;
  readonly #adapter: Adapter;
  readonly #file: StateFile;
  readonly #config: Config;
  readonly #signs = new ChangeSigns();
  readonly #troubles = new RepeatedProblems();
  #settings!: WatchSettings;
  #access!: ConfigurationAccess;
  #versions!: () => Promise<Versions>;
  #watch!: ConfigWatch;
  #alerts!: WatchAlerts;
  #learned = new LearnedDevices();
  #listed: WatchedDevice[] = [];
  #named: NamedDevices | undefined;
  #reader!: ConfigurationReader;
  #fullKey: Uint8Array | undefined;
  #ownMaskKey: string | undefined;
  #lastChange: LastChange | undefined;
  #showStatus = () => {};
  #keepTimer: NodeJS.Timeout | undefined;
  /** false where the node was closed before, or its settings are bad */
  #started: Promise<boolean> = Promise.resolve(false);

  constructor(RED: NodeAPI, node: WatchNode, config: Config, flowsStarted: Promise<void>) {
    this.#RED = RED;
    this.#node = node;
    this.#config = config;
    this.#adapter = new Adapter(RED, node, (removed) => this.#close(removed));
    this.#file = this.#adapter.stateFile();
    this.#adapter.run(() => {
      this.#prepare();
      this.#started = this.#start(flowsStarted);
      node.fetchNow = async (device) => {
        if (!(await this.#started)) throw new Problem('cancelled');
        return this.#fetchNow(device);
      };
      node.watched = () => this.#names();
      const { closing } = this.#adapter;
      closing.addEventListener(
        'abort',
        hearGone(RED.events, (devices) => void this.#takeGone(devices)),
      );
      this.#adapter.onInput(async (message, send) => {
        if (await this.#started) await this.#take(message, send);
      });
    });
  }

  // Throws a Problem where the node cannot work.
  #prepare() {
    // A bad row does not keep the other devices from being watched.
    this.#settings = checkSettings({ ...this.#config, devices: [] });
    const { settle, limit, retries } = this.#settings;
    this.#access = this.#accessOf(this.#config.access);
    this.#versions = versionsOf(this.#RED, this.#config.database);
    this.#alerts = new WatchAlerts(
      alertTexts(this.#adapter.translate),
      (labels, time) => severityOf(this.#settings.maintenance, labels, time),
      this.#settings.unsavedAfter,
    );
    this.#watch = new ConfigWatch({
      ...{ schedule: scheduleOf(this.#settings), settle, limit, retries },
      ...{ clock: systemClock, signal: this.#adapter.closing, mayPass },
      look: (device, hostKey, signal) => this.#look(device, hostKey, signal),
      tell: (outcome) => this.#tell(outcome),
      deliver: (outcome) => this.#node.send([this.#messageOf(outcome), null]),
      fail: (error) => this.#adapter.fail(error),
    });
    this.#showStatus = pacedStatus(this.#adapter, () =>
      statusWords(this.#watch.counts, this.#lastChange, this.#adapter.translate),
    );
  }

  #accessOf(id: string): ConfigurationAccess {
    const node = this.#RED.nodes.getNode(id) as ConfigurationAccessNode | null;
    if (node?.configurationAccess) return node.configurationAccess;
    throw node?.problem
      ? new Problem('badConfigAccess', {}, { cause: node.problem })
      : new Problem('noConfigAccess');
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
    await this.#takeRows(this.#config.devices);
    return !closing.aborted;
  }

  async #restore() {
    let state: State | undefined;
    try {
      const kept = await this.#file.read();
      if (kept !== undefined) state = await this.#decode(kept);
    } catch (error) {
      this.#node.warn(this.#adapter.text(new Problem('stateDamaged', {}, { cause: error })));
    }
    if (state) {
      this.#watch.restore(state.devices);
      this.#alerts.restore(state.alerts);
      if (this.#settings.learn) this.#learned = new LearnedDevices(state.learned);
    }
    this.#setKeys(state?.maskKey);
  }

  async #decode(kept: unknown): Promise<State> {
    const problems: Error[] = [];
    try {
      const state = decode(kept, problems);
      const left = together('kept', problems, (error) => this.#adapter.text(error));
      if (left) this.#node.warn(this.#adapter.text(left));
      return state;
    } catch (error) {
      await this.#file.putAside();
      throw error;
    }
  }

  // With another key all secrets would seem to have changed: one that was used once stays.
  #setKeys(kept: string | undefined) {
    const secret = credentialSecretOf(this.#RED);
    if (secret === undefined || kept !== undefined) {
      this.#ownMaskKey = kept ?? randomBytes(32).toString('hex');
    }
    const maskKey =
      this.#ownMaskKey === undefined
        ? derivedKey(secret!, 'masked secrets of configurations')
        : Buffer.from(this.#ownMaskKey, 'hex');
    this.#reader = new ConfigurationReader(this.#access.dialect, maskKey);
    if (!this.#settings.keepSecrets) return;
    if (secret === undefined) this.#adapter.fail(new Problem('configurationNoSecret'));
    else this.#fullKey = derivedKey(secret, 'whole configurations');
  }

  async #take(message: Message, send: Send) {
    const wish = wishOf(message, this.#settings.fromMessages, Date.now());
    switch (wish.kind) {
      case 'devices':
        await this.#takeRows(wish.rows, message);
        return this.#lookAt(this.#names(), message, send);
      case 'look':
        return this.#lookAt(wish.devices ?? this.#names(), message, send);
      case 'trust':
        for (const device of wish.devices) this.#watch.trust(device);
        return this.#lookAt(wish.devices, message, send);
      case 'readings': {
        this.#takeReadings(wish);
        return;
      }
      case 'alerts':
        for (const device of wish.devices) this.#watch.notice(device, 'change');
        return;
      case 'texts': {
        this.#named ??= new NamedDevices(this.#watch.devices());
        for (const text of wish.texts) {
          for (const device of this.#named.in(text)) this.#watch.notice(device, 'change');
        }
      }
    }
  }

  #takeReadings({ readings, problems }: Wish & { kind: 'readings' }) {
    if (this.#settings.learn && this.#learned.learn(readings)) this.#setDevices();
    for (const [device, sign] of this.#signs.hear(readings)) this.#watch.notice(device, sign);
    const problem = together('readings', problems, (error) => this.#adapter.text(error));
    if (problem) throw problem;
  }

  async #takeGone(devices: ReadonlySet<string>) {
    if (!(await this.#started) || this.#adapter.closing.aborted) return;
    if (this.#learned.forget(devices)) this.#setDevices();
  }

  async #lookAt(names: readonly string[], message: Message, send: Send) {
    if (this.#watch.devices().length === 0) throw new Problem('noDevices');
    const known = new Set(this.#names());
    const unknown = names.filter((name) => !known.has(name));
    const base = { ...message };
    delete base.payload;
    await this.#watch.look(names, (outcome, index, count) => {
      const clone = this.#RED.util.cloneMessage(base) as Message;
      const parts = { id: message._msgid, type: 'array', index, count };
      send([{ ...clone, parts, ...this.#messageOf(outcome) }, null]);
    });
    if (unknown.length > 0) throw new Problem('unknownDevices', { names: unknown.join(', ') });
  }

  async #takeRows(rows: unknown, message?: Message) {
    const { devices, problems } = await inSlices(readWatched(rows));
    if (this.#adapter.closing.aborted) return;
    const isBad = devices.length === 0 && problems.length > 0;
    if (!isBad || !message) {
      this.#listed = devices;
      this.#setDevices();
    }
    const problem = together('rows', problems, (error) => this.#adapter.text(error));
    const text = problem && this.#adapter.text(problem);
    if (this.#troubles.see(ofList, text)?.change !== 'new' || text === undefined) return;
    if (message) this.#node.error(text, message);
    else this.#node.error(text);
  }

  // What is in the list goes before what was learned.
  #setDevices() {
    const listed = new Set(this.#listed.map(({ name }) => name));
    const learned = this.#learned.all.filter(({ name }) => !listed.has(name));
    const gone = this.#watch.replace([...this.#listed, ...learned]);
    this.#named = undefined;
    this.#troubles.keep([ofList, ofStore, ofState, ...this.#names()]);
    this.#sendAlerts(this.#alerts.forget(gone, Date.now()));
    this.#keepSoon();
    this.#showStatus();
  }

  async #look(device: WatchedDevice, hostKey: string | undefined, signal: AbortSignal) {
    const { name, address, labels } = device;
    const fetched = await this.#access.fetch(device, { signal, knownHostKey: hostKey });
    try {
      const running = await this.#reader.read(fetched.running, signal);
      const saved =
        fetched.saved === undefined ? undefined : await this.#reader.read(fetched.saved, signal);
      const { keepCount: count, keepDays: age } = this.#settings;
      const versions = await this.#versions();
      const added = await versions.add({
        ...{ device: name, labels, time: Date.now(), retention: { count, age } },
        ...{ text: running.text, rules: this.#config.rules },
        ...(running.compared !== running.text && { compared: running.compared }),
        ...(saved && { saved: saved.text, savedCompared: saved.compared }),
        ...(running.changedBy !== undefined && { changedBy: running.changedBy }),
        ...(this.#fullKey && { full: { text: fetched.running, key: this.#fullKey } }),
      });
      return { added, hostKey: fetched.hostKey };
    } catch (cause) {
      if (signal.aborted || !isProblem(cause) || isOfStore(cause)) throw cause;
      throw name === address
        ? new Problem('deviceAt', { address }, { cause })
        : new Problem('device', { device: name, address }, { cause });
    }
  }

  #tell(outcome: Outcome) {
    const { device, added, problem, time } = outcome;
    if (added?.outcome === 'changed') {
      const clock = new Date(time).toLocaleTimeString('en-GB').slice(0, 5);
      this.#lastChange = { device: device.name, time: clock };
    }
    this.#report(outcome);
    // A disk that is full is no fault of a device.
    if (!problem || !isOfStore(problem)) this.#sendAlerts(this.#alerts.take(outcome));
    if (problem && !isOfStore(problem)) void this.#keepFailure(outcome, problem);
    this.#keepSoon();
    this.#showStatus();
  }

  // Log and Catch nodes hear of changes only.
  #report(outcome: Outcome) {
    const { device, problem } = outcome;
    const isStore = problem !== undefined && isOfStore(problem);
    const about = isStore ? ofStore : device.name;
    const kind = isStore ? this.#adapter.text(problem) : problem && 'failed';
    if (!isStore && !problem) this.#troubles.see(ofStore, undefined);
    const seen = this.#troubles.see(about, kind);
    if (!seen) return;
    const time = duration(seen.lasted / 1000);
    if (!problem) {
      const params = { device: device.name, time };
      this.#node.log(this.#adapter.translate('config-watch.log.over', params));
      return;
    }
    const told =
      seen.change === 'new' ? problem : new Problem('still', { time }, { cause: problem });
    this.#node.error(this.#adapter.text(told), this.#messageOf(outcome));
  }

  async #keepFailure({ device, time }: Outcome, problem: Error) {
    try {
      const versions = await this.#versions();
      await versions.fail(device.name, device.labels, time, this.#adapter.text(problem));
    } catch {
      // The next look that goes well says that nothing can be kept.
    }
  }

  #messageOf(outcome: Outcome) {
    const payload = resultOf(outcome, (error) => this.#adapter.text(error));
    return { topic: outcome.device.name, payload };
  }

  #sendAlerts(alerts: readonly Alert[]) {
    if (alerts.length === 0) return;
    const messages = alerts.map((alert) => ({ topic: alert.name, payload: alert }));
    this.#node.send([null, messages]);
  }

  async #fetchNow(name: string): Promise<Outcome> {
    let found: Outcome | undefined;
    await this.#watch.look([name], (outcome) => (found = outcome));
    if (!found) throw new Problem('unknownDevices', { names: name });
    return found;
  }

  #names(): string[] {
    return this.#watch.devices().map(({ name }) => name);
  }

  #keepSoon() {
    this.#keepTimer ??= setTimeout(() => {
      this.#keepTimer = undefined;
      this.#file
        .write(() => this.#state())
        .then(
          () => this.#troubles.see(ofState, undefined),
          (error: unknown) => {
            if (this.#troubles.see(ofState, 'failed')) this.#adapter.fail(error);
          },
        );
    }, keepPause);
  }

  #state(): State {
    return {
      version: 1,
      devices: this.#watch.state(),
      learned: this.#learned.all,
      alerts: this.#alerts.state(),
      ...(this.#ownMaskKey !== undefined && { maskKey: this.#ownMaskKey }),
    };
  }

  async #close(removed: boolean) {
    clearTimeout(this.#keepTimer);
    const started = await this.#started;
    if (removed) await this.#file.remove();
    else if (started) await this.#file.write(() => this.#state());
  }
}

function scheduleOf({ schedule, timeOfDay, spread, interval }: WatchSettings): FetchSchedule {
  if (schedule === 'none') return undefined;
  return schedule === 'daily' ? { at: timeOfDay, spread } : { every: interval };
}

// Where nobody said when changes are expected, each is one of many.
function severityOf(
  windows: readonly MaintenanceWindow[],
  labels: Record<string, string>,
  time: number,
): Severity {
  const own = windows.filter(({ matchers }) => matchers.takes(labels));
  return own.length === 0 || own.some((window) => isOn(window, time)) ? 'info' : 'warning';
}
