import { randomUUID } from 'node:crypto';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import * as check from '../shared/check.ts';
import { readReadings } from '../shared/messages/read-readings.ts';
import { Problem, together } from '../shared/problem.ts';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { hearGone } from '../shared/red/devices-gone.ts';
import { flowsStartedOf } from '../shared/red/flows-started.ts';
import { registerNode } from '../shared/red/register-node.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { alertTexts } from './alert-texts.ts';
import { defaults, type ThresholdCheckSettings, thresholdSettings } from './config.ts';
import { similarMetrics } from './metric-hint.ts';
import { checkRules, checkUnique, type Rule } from './rule.ts';
import { addPastRoute } from './runtime-past.ts';
import { answerReplay } from './runtime-replay.ts';
import { decode, encode, type Moment, restore, type State } from './state.ts';
import { type Changes, type Options, ThresholdCheck } from './threshold-check.ts';

/** of this process */
const run = randomUUID();

type Config = NodeDef & ThresholdCheckSettings;

/** Registers the node that checks readings against rules and tells of alerts. */
export default function (RED: NodeAPI): void {
  const flowsStarted = flowsStartedOf(RED);
  function ThresholdCheckNode(this: Node, config: Config) {
    RED.nodes.createNode(this, config);
    new ThresholdCheckAdapter(RED, this, config, flowsStarted());
  }
  registerNode(RED, 'netmon-threshold-check', thresholdSettings, ThresholdCheckNode);
  addPastRoute(RED);
}

class ThresholdCheckAdapter {
  readonly #node: Node;
  readonly #adapter: Adapter;
  readonly #file: StateFile;
  readonly #thresholds: ThresholdCheck;
  readonly #RED: NodeAPI;
  /** how alerts are told of, now and in a replay */
  readonly #telling: Pick<Options, 'texts' | 'sendPending'>;
  /** the rules of the dialog */
  readonly #table: readonly Rule[];
  /** false where the node was closed before */
  readonly #started: Promise<boolean>;
  #badRule: Error | undefined;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #shown = { seriesCount: 0, time: -Infinity };

  constructor(RED: NodeAPI, node: Node, config: Config, flowsStarted: Promise<void>) {
    this.#RED = RED;
    this.#node = node;
    this.#adapter = new Adapter(RED, node, (removed) => this.#close(removed));
    this.#file = this.#adapter.stateFile();
    const { rules, sendPending } = { ...defaults, ...config };
    this.#telling = { texts: alertTexts(this.#adapter.translate), sendPending };
    this.#thresholds = new ThresholdCheck({
      ...this.#telling,
      now: performance.now(),
      toDate: (time) => Math.round(Date.now() - (performance.now() - time)),
    });
    this.#table = this.#goodRules(rules);
    this.#started = this.#start(flowsStarted);
    const unhear = hearGone(RED.events, (devices) => void this.#takeGone(devices));
    this.#adapter.closing.addEventListener('abort', unhear);
    this.#adapter.onInput(async (message, send) => {
      if (!(await this.#started)) return;
      if (message.replay !== undefined) await this.#replay(message, message.replay, send);
      else if (message.rules === undefined) this.#takeReadings(message);
      else this.#takeRules(message.rules);
    });
  }

  // A bad rule does not keep the others from being checked.
  #goodRules(value: unknown): Rule[] {
    const names = new Set<string>();
    const good: Rule[] = [];
    const attempt = (step: () => unknown) => {
      try {
        step();
      } catch (error) {
        this.#badRule ??= error as Error;
        this.#adapter.fail(error);
      }
    };
    attempt(() =>
      check.array('rules', value).forEach((item, i) => {
        attempt(() => good.push(checkUnique(check.join('rules', i), item, names)));
      }),
    );
    this.#warnOfSlips(good);
    return good;
  }

  #warnOfSlips(rules: readonly Rule[]) {
    rules.forEach(({ metric }, i) => {
      const similar = similarMetrics(metric).join(', ');
      if (similar === '') return;
      const field = `rules[${i}].metric`;
      this.#node.warn(this.#adapter.text(new Problem('metricUnknown', { field, metric, similar })));
    });
  }

  async #start(flowsStarted: Promise<void>): Promise<boolean> {
    const { closing } = this.#adapter;
    const closed = new Promise<void>((resolve) => {
      closing.addEventListener('abort', () => resolve());
    });
    const rules = await this.#restore();
    // Alerts reach the nodes behind this one only once they are all there.
    await Promise.race([flowsStarted, closed]);
    if (closing.aborted) return false;
    const now = performance.now();
    const [set, elapsed] = [this.#thresholds.setRules(rules, now), this.#thresholds.elapse(now)];
    // In one message, and whatever is active anew: those that listen have just started too.
    const alerts = [...set.alerts, ...elapsed.alerts];
    this.#tell({ alerts, active: true, kept: true });
    return true;
  }

  // Gives the rules to be in force: the table's, or those of a message that came since it changed.
  async #restore(): Promise<readonly Rule[]> {
    try {
      const kept = await this.#file.read();
      if (kept === undefined) return this.#table;
      const problems: Error[] = [];
      const state = await this.#decode(kept, problems);
      restore(this.#thresholds, state, moment());
      const left = together('kept', problems, (error) => this.#adapter.text(error));
      if (left) this.#node.warn(this.#adapter.text(left));
      return JSON.stringify(state.table) === JSON.stringify(this.#table)
        ? state.rules
        : this.#table;
    } catch (error) {
      const problem = new Problem('stateDamaged', {}, { cause: error });
      this.#node.warn(this.#adapter.text(problem));
      return this.#table;
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

  #takeReadings({ payload, topic }: Message) {
    const read = readReadings(payload, topic, Date.now());
    const { problems, ...changes } = this.#thresholds.observe(read.readings, performance.now());
    this.#tell(changes);
    const text = (error: Error) => this.#adapter.text(error);
    const problem = together('readings', [...read.problems, ...problems], text);
    if (problem) {
      this.#shown.time = -Infinity;
      throw problem;
    }
  }

  #takeRules(value: unknown) {
    const rules = value === null ? this.#table : checkRules('rules', value);
    this.#warnOfSlips(rules);
    this.#tell(this.#thresholds.setRules(rules, performance.now()));
  }

  // Beside all else: what happens now is checked meanwhile.
  async #replay(message: Message, asked: unknown, send: Send) {
    const [{ rules }, { closing: signal }] = [this.#thresholds, this.#adapter];
    const options = { ...this.#telling, rules, signal };
    const payload = await answerReplay(this.#RED, asked, options);
    send([null, null, { ...message, topic: 'replay', payload }]);
  }

  async #takeGone(devices: ReadonlySet<string>) {
    if (!(await this.#started) || this.#adapter.closing.aborted) return;
    this.#tell(this.#thresholds.removeDevices(devices, performance.now()));
  }

  #tell({ alerts, active, kept }: Changes) {
    if (alerts.length > 0 || active) {
      const messages = alerts.map((alert) => ({ topic: alert.name, payload: alert }));
      const list = { topic: 'alerts', payload: this.#thresholds.active(), source: this.#node.id };
      this.#node.send([messages, active ? list : null]);
    }
    if (kept) this.#save();
    this.#schedule();
    this.#show(kept);
  }

  #save() {
    this.#file.write(() => this.#state()).catch((error: unknown) => this.#adapter.fail(error));
  }

  #schedule() {
    const at = this.#thresholds.wakeAt;
    if (at === this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(
      () => {
        this.#timerAt = Infinity;
        this.#tell(this.#thresholds.elapse(performance.now()));
      },
      Math.max(0, at - performance.now()),
    );
  }

  #state(): State {
    return encode(this.#thresholds, this.#table, moment());
  }

  #show(changed: boolean) {
    if (this.#badRule) return;
    const now = performance.now();
    const { seriesCount } = this.#thresholds;
    // The time of day alone is worth an update a second, not one for each message.
    const same = !changed && seriesCount === this.#shown.seriesCount;
    if (same && now - this.#shown.time < 1000) return;
    this.#shown = { seriesCount, time: now };
    this.#adapter.status(...this.#words());
  }

  #words(): ['ok' | 'idle' | 'warning', string] {
    const t = (key: string, params?: Record<string, string>) =>
      this.#adapter.translate(`threshold-check.status.${key}`, params);
    const count = (state: 'firing' | 'pending') => {
      const number = this.#thresholds.count(state);
      return number > 0 ? [t(state, { count: String(number) })] : [];
    };
    const troubles = [...count('firing'), ...count('pending')];
    if (troubles.length > 0) return ['warning', troubles.join(', ')];
    const series = this.#thresholds.seriesCount;
    return series > 0 ? ['ok', t('well', { count: String(series) })] : ['idle', t('waiting')];
  }

  async #close(removed: boolean) {
    clearTimeout(this.#timer);
    const started = await this.#started;
    if (removed) await this.#file.remove();
    else if (started) await this.#file.write(() => this.#state());
  }
}

function moment(): Moment {
  return { now: performance.now(), date: Date.now(), run };
}
