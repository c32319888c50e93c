import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Adapter } from '../shared/adapter.ts';
import { toAlert, type Alert } from '../shared/alert.ts';
import * as check from '../shared/check.ts';
import { together, type Translate } from '../shared/problem.ts';
import { readReadings } from '../shared/reading.ts';
import { Chart, type ChartMessage } from './chart.ts';
import { checkSettings, type ChartDataSettings, type ChartOptions } from './config.ts';
import { Pace } from './pace.ts';
import { alertRows } from './shapes/alerts.ts';
import { Words } from './words.ts';

/** Registers the node that shapes readings for the charts, gauges and tables of a dashboard. */
export default function (RED: NodeAPI): void {
  function ChartData(this: Node, config: NodeDef & ChartDataSettings) {
    RED.nodes.createNode(this, config);
    const adapter = new Adapter(RED, this);
    let options: ChartOptions;
    try {
      options = checkSettings(config);
    } catch (error) {
      adapter.fail(error);
      adapter.onInput(() => {
        throw error;
      });
      return;
    }
    const words = new Words(adapter.translate);
    const feed: Feed =
      options.kind === 'alerts'
        ? new AlertFeed(words, adapter.translate)
        : new ChartFeed(new Chart(options, words), adapter.translate);

    const send = () => {
      const now = Date.now();
      const { message, status, next } = feed.show(now);
      if (message) this.send({ topic: config.name || config.metrics, ...message });
      adapter.status(message ? 'ok' : 'idle', status, now);
      if (next !== undefined) pace.ask(next);
    };
    const pace = new Pace(options.interval, send);
    adapter.closing.addEventListener('abort', () => pace.stop());
    adapter.onInput(({ payload, topic }) => {
      const problems = feed.take(payload, topic, Date.now());
      pace.ask();
      const problem = together('readings', problems, (error) => adapter.text(error));
      if (problem) throw problem;
    });
  }
  RED.nodes.registerType('netmon-chart-data', ChartData);
}

interface Shown {
  /** missing where there is nothing to show yet */
  message?: ChartMessage;
  status: string;
  /** when to show again if nothing comes, ms since the Unix epoch */
  next?: number | undefined;
}

interface Feed {
  /** Takes a message in; returns the problems of what it could not take. */
  take(payload: unknown, topic: unknown, now: number): Error[];
  show(now: number): Shown;
}

class ChartFeed implements Feed {
  readonly #chart: Chart;
  readonly #t: Translate;
  #started = false;

  constructor(chart: Chart, t: Translate) {
    this.#chart = chart;
    this.#t = t;
  }

  take(payload: unknown, topic: unknown, now: number): Error[] {
    const { readings, problems } = readReadings(payload, topic, now);
    if (this.#chart.take(readings, now) > 0) this.#started = true;
    return problems;
  }

  show(now: number): Shown {
    if (!this.#started) return { status: this.#t('chart-data.status.none') };
    const { message, series } = this.#chart.show(now);
    const status = this.#t('chart-data.status.series', { count: String(series) });
    return { message, status, next: this.#chart.nextChange() };
  }
}

class AlertFeed implements Feed {
  readonly #words: Words;
  readonly #t: Translate;
  #alerts: Alert[] = [];

  constructor(words: Words, t: Translate) {
    this.#words = words;
    this.#t = t;
  }

  take(payload: unknown): Error[] {
    this.#alerts = check.array('payload', payload).map((a, i) => toAlert(`payload[${i}]`, a));
    return [];
  }

  show(): Shown {
    const rows = alertRows(this.#alerts, this.#words);
    const status = this.#t('chart-data.status.alerts', { count: String(rows.length) });
    return { message: { payload: rows }, status };
  }
}
