import type { Node, NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../shared/clock.ts';
import { readLength } from '../shared/history/request.ts';
import { Adapter, type Message } from '../shared/red/adapter.ts';
import { type AnyHistory, historyOf } from '../shared/red/history-node.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import { again } from './again.ts';
import { type Asked, asked } from './asked.ts';
import { comparisonRequest, comparisonResult } from './comparison-result.ts';
import { type TrendSettings, trendSettings } from './config.ts';
import { forecastRequest, forecastResult } from './forecast-result.ts';
import { normalRequest, normalResult } from './normal-result.ts';
import type { Result } from './result.ts';
import { suspectsRequest, suspectsResult } from './suspects-result.ts';

/** ms after the start until the first look, for what collects to have something */
const firstMs = 30_000;
/** ms that are new to a node which works on messages only */
const usualEvery = 3_600_000;

/** Registers the node that tells what a history leads one to expect. */
export default function (RED: NodeAPI): void {
  function Trend(this: Node, config: NodeDef & TrendSettings) {
    RED.nodes.createNode(this, config);
    let stop = () => {};
    const adapter = new Adapter(RED, this, () => stop());
    adapter.run(() => {
      const { interval, metrics } = trendSettings.read(config);
      const every = readLength(interval);
      const open = historyOf(RED, config.database);
      /** when what came by itself was looked at before */
      let looked: number | undefined;
      const look = async (wanted: Asked) => {
        const since = looked ?? wanted.at - (every ?? usualEvery);
        const result = await resultOf(await open(), wanted, since, adapter.closing);
        showResult(adapter, wanted, result);
        return result;
      };
      const messages = (
        { readings, curves, rows, omitted }: Result,
        base: object,
        topic: unknown,
      ) =>
        [readings, curves, rows].map((payload) =>
          payload.length === 0 ? null : { ...base, topic, payload, omitted },
        );
      adapter.status('idle', adapter.translate('trend.status.ready'));
      adapter.onInput(async (message, send) => {
        const base = { ...message };
        delete base.payload;
        const result = await look(asked(config, message.query, Date.now()));
        send(messages(result, base, message.topic ?? (config.name || metrics)));
      });
      if (every === undefined) return;
      const troubles = new RepeatedProblems();
      // The log hears it once, and each hour; the status says it each time.
      const fail = (error: unknown) => {
        const text = adapter.text(error);
        if (troubles.see('', text)) adapter.fail(error);
        else adapter.status('error', text);
      };
      const tick = async () => {
        try {
          const wanted = asked(config, undefined, Date.now());
          const result = await look(wanted);
          looked = wanted.at;
          this.send(messages(result, {}, config.name || metrics) as unknown as Message);
          troubles.see('', undefined);
        } catch (error) {
          if (!adapter.closing.aborted) fail(error);
        }
      };
      stop = again(tick, { first: Math.min(firstMs, every), every, clock: systemClock });
    });
  }
  registerNode(RED, 'netmon-trend', trendSettings, Trend);
}

async function resultOf(
  history: AnyHistory,
  wanted: Asked,
  since: number,
  signal: AbortSignal,
): Promise<Result> {
  const { settings, at } = wanted;
  switch (settings.what) {
    case 'limit':
      return forecastResult(await history.analyse('forecast', forecastRequest(wanted), signal), at);
    case 'normal':
      return normalResult(await history.analyse('normal', normalRequest(wanted), signal), at);
    case 'suspects':
      return suspectsResult(
        await history.analyse('suspects', suspectsRequest(wanted), signal),
        since,
      );
    case 'comparison':
      return comparisonResult(
        await history.analyse('compare', comparisonRequest(wanted), signal),
        at,
      );
  }
}

function showResult(
  adapter: Adapter,
  { settings }: Asked,
  { series, omitted, readings }: Result,
): void {
  const params = {
    series: String(series),
    omitted: String(omitted),
    readings: String(readings.length),
  };
  const usual = settings.what === 'suspects' ? 'suspects' : 'done';
  const key = series === 0 ? 'none' : omitted > 0 ? 'cut' : usual;
  const level = series === 0 ? 'idle' : omitted > 0 ? 'warning' : 'ok';
  adapter.status(level, adapter.translate(`trend.status.${key}`, params));
}
