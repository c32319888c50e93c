import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Alert } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { readReadings } from '../shared/messages/read-readings.ts';
import { Problem, together, type Translate } from '../shared/problem.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { serveElements } from '../shared/red/element-route.ts';
import { flowsStartedOf } from '../shared/red/flows-started.ts';
import { historyOf } from '../shared/red/history-node.ts';
import { registerNode } from '../shared/red/register-node.ts';
import type { StateFile } from '../shared/red/state-file.ts';
import { Chart, type ChartMessage } from './chart.ts';
import { type ChartDataSettings, chartSettings, checkSettings, defaults } from './config.ts';
import { HeatMapChart } from './heat-map.ts';
import { Pace } from './pace.ts';
import type { PastQuery } from './past-lines.ts';
import { readPeriod, writePeriod } from './period.ts';
import { Past, type PastReader } from './runtime-past.ts';
import { alertRows } from './shapes/alerts.ts';
import { Words } from './words.ts';

/** Registers the node that shapes readings for the charts, gauges and tables of a dashboard. */
export default function (RED: NodeAPI): void {
  const flowsStarted = flowsStartedOf(RED);
  serveElements(RED);
  function ChartData(this: Node, config: NodeDef & ChartDataSettings) {
    RED.nodes.createNode(this, config);
    let keeper: Keeper | undefined;
    const adapter = new Adapter(RED, this, (removed) => keeper?.close(removed));
    adapter.run(() => {
      const options = checkSettings(config);
      const words = new Words(adapter.translate);
      // A line stands in the time of day; all else asks only how long ago something was.
      const clock = options.kind === 'line' ? () => Date.now() : () => performance.now();
      const isShape = options.kind !== 'alerts' && options.kind !== 'heatmap';
      const chart = isShape ? new Chart(options, words) : undefined;
      const heatMap = options.kind === 'heatmap' ? new HeatMapChart(options, words) : undefined;
      // It shows nothing else.
      if (heatMap && !config.database) throw new Problem('noHistory');
      const feed = feedOf(chart ?? heatMap, words, adapter.translate);

      const send = () => {
        const now = clock();
        const { message, status, next } = feed.show(now);
        if (message) this.send({ topic: config.name || config.metrics, ...message });
        if (past?.failed) adapter.status('warning', `${status} · ${withoutHistory}`);
        else adapter.status(message ? 'ok' : 'idle', status);
        if (next !== undefined) pace.ask(performance.now() + next - now);
        // Dashboard 2's chart keeps the whole message with each point, for each browser that opens the page: one without
        // what it looks like follows, which is half as much.
        if (message?.ui_update && message.action) pace.ask();
      };
      const pace = new Pace(options.interval, send);
      adapter.closing.addEventListener('abort', () => pace.stop());
      const started = flowsStarted();
      const withoutHistory = adapter.translate('chart-data.status.withoutHistory');
      const show = () => {
        if (!adapter.closing.aborted) pace.ask();
      };
      const filters = { metrics: config.metrics ?? defaults.metrics, labels: config.filter ?? '' };
      const reader = readerOf(chart ?? heatMap, filters, clock);
      const { database } = config;
      const past =
        database && reader
          ? new Past(() => historyOf(RED, database), reader, adapter, show)
          : undefined;
      if (chart) keeper = new Keeper(chart, adapter, clock, () => !past || past.failed);
      // The widgets are there once all nodes are.
      void Promise.all([keeper?.restored, started]).then(([count = 0]) => {
        if (count > 0) show();
        return past?.follow();
      });
      adapter.onInput(async ({ payload, topic, period, parts }) => {
        await keeper?.restored;
        if (period !== undefined) {
          const drawn = chart?.hasLines ? chart : heatMap;
          if (!drawn) throw new Problem('noPeriod');
          drawn.window = readPeriod(period);
          await past?.follow();
          show();
          if (payload === undefined) return;
        }
        // The first part of a long list has the worst of all.
        if (options.kind === 'alerts' && isLaterPart(parts)) return;
        const problems = feed.take(payload, topic, clock());
        if (!heatMap) pace.ask();
        else if (heatMap.isStale) past?.renew();
        const problem = together('readings', problems, (error) => adapter.text(error));
        if (problem) throw problem;
      });
    });
  }
  registerNode(RED, 'netmon-chart-data', chartSettings, ChartData);
}

/** ms between two looks at whether a chart is to be kept: a power cut costs no more. */
const keepEvery = 10 * 60_000;

/** Keeps a chart's series in the node's state file over a deploy and a restart. */
class Keeper {
  /** how many series came back; never rejects */
  readonly restored: Promise<number>;
  readonly #chart: Chart;
  readonly #adapter: Adapter;
  readonly #file: StateFile;
  readonly #clock: () => number;
  readonly #withReadings: () => boolean;
  readonly #timer: NodeJS.Timeout;

  /** @param withReadings whether they are nowhere else */
  constructor(chart: Chart, adapter: Adapter, clock: () => number, withReadings: () => boolean) {
    this.#chart = chart;
    this.#withReadings = withReadings;
    this.#adapter = adapter;
    this.#clock = clock;
    this.#file = adapter.stateFile();
    this.restored = this.#restore();
    this.#timer = setInterval(() => void this.#keep().catch(() => {}), keepEvery);
    this.#timer.unref();
  }

  async close(removed: boolean): Promise<void> {
    clearInterval(this.#timer);
    await this.restored;
    if (removed) await this.#file.remove();
    else await this.#keep();
  }

  async #restore(): Promise<number> {
    try {
      const kept = await this.#file.read();
      return kept === undefined ? 0 : this.#chart.restore(kept, this.#clock(), Date.now());
    } catch (error) {
      const problem = new Problem('stateDamaged', {}, { cause: error });
      this.#adapter.node.warn(this.#adapter.text(problem));
      return 0;
    }
  }

  async #keep(): Promise<void> {
    await this.#file.write(() => this.#chart.keep(this.#clock(), Date.now(), this.#withReadings()));
  }
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

function feedOf(drawn: Chart | HeatMapChart | undefined, words: Words, t: Translate): Feed {
  if (!drawn) return new AlertFeed(words, t);
  return drawn instanceof Chart ? new ChartFeed(drawn, t) : new HeatMapFeed(drawn, t);
}

/** How a chart reads what a history database has for it. */
function readerOf(
  drawn: Chart | HeatMapChart | undefined,
  filters: Pick<PastQuery, 'metrics' | 'labels'>,
  clock: () => number,
): PastReader | undefined {
  if (!drawn) return undefined;
  return {
    async read(history, all, signal) {
      if (drawn instanceof HeatMapChart) return drawn.read(history, filters, Date.now(), signal);
      if (all) {
        const past = await drawn.readPast(history, filters, Date.now(), signal);
        signal.throwIfAborted();
        drawn.takePast(past, clock(), Date.now());
      }
      await drawn.readBeside(history, filters, Date.now(), signal);
    },
    get readAfter() {
      return drawn instanceof HeatMapChart ? drawn.readAfter : drawn.besideAfter;
    },
  };
}

/** What comes in is in the database: it is read from there, soon after. */
class HeatMapFeed implements Feed {
  readonly #map: HeatMapChart;
  readonly #t: Translate;

  constructor(map: HeatMapChart, t: Translate) {
    this.#map = map;
    this.#t = t;
  }

  take(payload: unknown, topic: unknown): Error[] {
    const { readings, problems } = readReadings(payload, topic, Date.now());
    this.#map.take(readings);
    return problems;
  }

  show(): Shown {
    const payload = this.#map.show();
    const status = this.#t('chart-data.status.cells', {
      count: `${payload.rows.length} × ${payload.columns.length}`,
    });
    const period = writePeriod(this.#map.window);
    return { message: { payload, unit: payload.unit, period }, status };
  }
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
    const { readings, problems } = readReadings(payload, topic, Date.now());
    if (this.#chart.take(readings, now) > 0) this.#started = true;
    return problems;
  }

  show(now: number): Shown {
    if (!this.#started && this.#chart.isEmpty(now)) {
      return { status: this.#t('chart-data.status.none') };
    }
    const { message, series } = this.#chart.show(now);
    const status = this.#t('chart-data.status.series', { count: String(series) });
    return { message, status, next: this.#chart.nextChange() };
  }
}

function isLaterPart(parts: unknown): boolean {
  return (
    typeof parts === 'object' && parts !== null && Number((parts as { index?: unknown }).index) > 0
  );
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
