import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Suspect } from '../contract/changes.ts';
import { changeSentence } from '../shared/changes/change-sentence.ts';
import { readChanges } from '../shared/changes/read-changes.ts';
import { alertSpan, askedSpan } from '../shared/changes/spans.ts';
import { changeWords } from '../shared/changes/translated-changes.ts';
import type { WhatChanged, WhatChangedRequest } from '../shared/history/analyses/what-changed.ts';
import { isProblem, together } from '../shared/problem.ts';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { historyOf, keepsConfigurations, versionsOf } from '../shared/red/history-node.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import { withinTime } from '../shared/within-time.ts';
import { type CorrelateSettings, correlateSettings } from './config.ts';
import { InOrder } from './in-order.ts';
import { changeReadings, changeRows, eventRows, suspectsOf } from './report.ts';
import { hasAlerts, wanted, withSuspects } from './told-alerts.ts';

type Config = NodeDef & CorrelateSettings;
type Options = ReturnType<typeof correlateSettings.read>;

/** changes that are told */
const most = 10;
const maxSeries = 10_000;

/** Registers the node that tells what changed. */
export default function (RED: NodeAPI): void {
  function CorrelateNode(this: Node, config: Config) {
    RED.nodes.createNode(this, config);
    new Correlate(RED, this, config);
  }
  registerNode(RED, 'netmon-correlate', correlateSettings, CorrelateNode);
}

class Correlate {
  readonly #RED: NodeAPI;
  readonly #adapter: Adapter;
  readonly #config: Config;
  readonly #passing = new InOrder();
  readonly #problems = new RepeatedProblems();

  constructor(RED: NodeAPI, node: Node, config: Config) {
    this.#RED = RED;
    this.#config = config;
    const adapter = (this.#adapter = new Adapter(RED, node));
    let options: Options | undefined;
    let problem: unknown;
    try {
      options = correlateSettings.read(config);
      adapter.status('idle', this.#words('status.ready'));
    } catch (error) {
      problem = error;
      adapter.fail(error);
    }
    adapter.onInput((message, send) => {
      const { payload, topic } = message;
      if (!hasAlerts(payload, topic, message)) {
        if (!options) throw problem;
        return this.#answer(message, send, options);
      }
      // One that is over must not come before its begin does.
      const arrived = performance.now();
      return this.#passing.add(() => this.#pass(message, send, arrived, options));
    });
  }

  async #answer(message: Message, send: Send, options: Options): Promise<void> {
    const { metrics, labels, times } = options;
    const given = (name: 'from' | 'to') => (message[name] ?? options[name]) as string | number;
    const now = Date.now();
    const span = askedSpan({ metrics, labels, from: given('from'), to: given('to') }, times, now);
    this.#adapter.status('busy', this.#words('status.looking'));
    const found = await this.#look({ metrics, labels, maxSeries, most, ...span });
    const words = changeWords(this.#adapter.translate);
    const sentences = found.changes.map((change) => changeSentence(change, words));
    const summary = this.#summary(found);
    const rows = () => changeRows(found, words);
    const payload = {
      rows,
      readings: () => changeReadings(found, words),
      sentences: () => [summary, ...sentences].join('\n'),
    }[options.output]();
    this.#adapter.status(found.changed > 0 ? 'ok' : 'idle', summary);
    send([
      {
        ...message,
        ...{ topic: message.topic ?? (this.#config.name || 'changes') },
        ...{ payload, summary, sentences, events: eventRows(found, words) },
        ...{ from: found.from, to: found.to, before: found.before },
        ...{ series: found.compared, changed: found.changed, omitted: found.omitted },
      },
      null,
    ]);
  }

  // An alert goes on whatever happens here: nobody is to miss it.
  async #pass(message: Message, send: Send, arrived: number, options: Options | undefined) {
    const { payload, topic } = message;
    const { alerts, problems } = wanted(payload, topic, message);
    const found = new Map<number, Suspect[]>();
    let failure: unknown;
    for (const { alert, place } of options ? alerts : []) {
      const passed = (performance.now() - arrived) / 1000;
      const left = Number((options!.timeLimit - passed).toFixed(1));
      if (left <= 0 || this.#adapter.closing.aborted) break;
      try {
        const suspects = await this.#suspects(alert, options!, left);
        found.set(place, suspects);
        this.#showSuspects(alert.name, suspects.length);
      } catch (error) {
        failure = error;
        break;
      }
    }
    send([null, { ...message, payload: withSuspects(payload, found) }]);
    if (this.#adapter.closing.aborted) return;
    const kind = failure === undefined ? undefined : isProblem(failure) ? failure.key : 'error';
    const change = alerts.length > 0 ? this.#problems.see('history', kind) : undefined;
    if (failure !== undefined && change?.change !== undefined) throw failure as Error;
    if (failure !== undefined) this.#adapter.status('error', this.#adapter.text(failure));
    const bad = together('readings', problems, (error) => this.#adapter.text(error));
    if (bad) throw bad;
  }

  async #suspects(
    alert: Parameters<typeof alertSpan>[0] & { metric: string; labels: Record<string, string> },
    options: Options,
    seconds: number,
  ): Promise<Suspect[]> {
    const { metrics, labels, times, lead } = options;
    const span = alertSpan(alert, { lead, times }, Date.now());
    const request = {
      ...{ metrics, labels, maxSeries, most, ...span, alertAt: alert.startsAt },
      subject: { metric: alert.metric, labels: alert.labels },
      isWithoutEvents: true as const,
    };
    const found = await withinTime(seconds, this.#adapter.closing, (signal) =>
      this.#look(request, signal),
    );
    return suspectsOf(found, changeWords(this.#adapter.translate));
  }

  async #look(request: WhatChangedRequest, signal = this.#adapter.closing): Promise<WhatChanged> {
    const { database } = this.#config;
    const history = await historyOf(this.#RED, database)();
    const hasVersions = !request.isWithoutEvents && keepsConfigurations(this.#RED, database);
    const versions = hasVersions ? versionsOf(this.#RED, database) : undefined;
    return readChanges(history, versions, request, signal);
  }

  #summary({ series, compared, changed, before }: WhatChanged): string {
    const count = String(compared);
    if (series === 0) return this.#words('result.nothing');
    if (compared === 0) {
      return this.#words('result.noPast', { time: new Date(before).toISOString() });
    }
    if (changed === 0) return this.#words('result.none', { count });
    return this.#words('result.changed', { count, changed: String(changed) });
  }

  #showSuspects(name: string, count: number): void {
    if (count === 0) this.#adapter.status('idle', this.#words('status.noSuspects', { name }));
    else this.#adapter.status('ok', this.#words('status.suspects', { count: String(count), name }));
  }

  #words(key: string, params?: Record<string, string>): string {
    return this.#adapter.translate(`correlate.${key}`, params);
  }
}
