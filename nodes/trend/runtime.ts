import type { Node, NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../shared/clock.ts';
import { readLength } from '../shared/history/request.ts';
import { Adapter, type Message } from '../shared/red/adapter.ts';
import { type AnyHistory, historyOf } from '../shared/red/history-node.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { type Asked, asked } from './asked.ts';
import { type TrendSettings, trendSettings } from './config.ts';
import { forecastRequest, forecastResult } from './forecast-result.ts';
import type { Result } from './result.ts';

/** ms after the start until the first look, for what collects to have something */
const firstMs = 30_000;

/** Registers the node that tells what a history leads one to expect. */
export default function (RED: NodeAPI): void {
  function Trend(this: Node, config: NodeDef & TrendSettings) {
    RED.nodes.createNode(this, config);
    let stop = () => {};
    const adapter = new Adapter(RED, this, () => stop());
    adapter.run(() => {
      const { interval, metrics } = trendSettings.read(config);
      const open = historyOf(RED, config.database);
      const look = async (wanted: Asked) => {
        const result = await resultOf(await open(), wanted, adapter.closing);
        showResult(adapter, result);
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
      const every = readLength(interval);
      if (every === undefined) return;
      const tick = async () => {
        try {
          const result = await look(asked(config, undefined, Date.now()));
          this.send(messages(result, {}, config.name || metrics) as unknown as Message);
        } catch (error) {
          if (!adapter.closing.aborted) adapter.fail(error);
        }
        if (!adapter.closing.aborted) stop = systemClock.after(every, () => void tick());
      };
      stop = systemClock.after(Math.min(firstMs, every), () => void tick());
    });
  }
  registerNode(RED, 'netmon-trend', trendSettings, Trend);
}

async function resultOf(history: AnyHistory, wanted: Asked, signal: AbortSignal): Promise<Result> {
  return forecastResult(
    await history.analyse('forecast', forecastRequest(wanted), signal),
    wanted.at,
  );
}

function showResult(adapter: Adapter, { series, omitted, readings }: Result): void {
  const params = {
    series: String(series),
    omitted: String(omitted),
    readings: String(readings.length),
  };
  const key = series === 0 ? 'none' : omitted > 0 ? 'cut' : 'done';
  const level = series === 0 ? 'idle' : omitted > 0 ? 'warning' : 'ok';
  adapter.status(level, adapter.translate(`trend.status.${key}`, params));
}
