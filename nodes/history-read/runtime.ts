import { resolve } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Cancellable } from '../shared/cancellable.ts';
import * as check from '../shared/check.ts';
import {
  type HistorySeries,
  readHistory,
  toCsv,
  toJsonLines,
  toReadings,
  toRows,
} from '../shared/history/answers.ts';
import { Export } from '../shared/history/export.ts';
import { readAvailability } from '../shared/history/read-availability.ts';
import { type HistoryRequest, readExport, readRequest } from '../shared/history/request.ts';
import { exportToFile, percentProgress } from '../shared/history/transfer-files.ts';
import { inSlices } from '../shared/in-slices.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { historyOf } from '../shared/red/history-node.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { asked, comparedName } from './asked.ts';
import { type HistoryReadSettings, type Output, readSettings } from './config.ts';
import { addPreviewRoute } from './runtime-preview.ts';

/** Registers the node that reads a history database. */
export default function (RED: NodeAPI): void {
  function HistoryRead(this: Node, config: NodeDef & HistoryReadSettings) {
    RED.nodes.createNode(this, config);
    const adapter = new Adapter(RED, this);
    adapter.run(() => {
      const settings = readSettings.read(config);
      const topicOf = ({ topic }: { topic?: unknown }, otherwise = 'availability') =>
        topic ?? (config.name || otherwise);
      const open = historyOf(RED, config.database);
      adapter.status('idle', adapter.translate('history-read.status.ready'));
      const work = new Cancellable(adapter.closing);
      const exportTo = async (path: string, request: HistoryRequest, signal: AbortSignal) => {
        const format = path.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl';
        const wanted = readExport(request, format, Date.now());
        const one = new Export(await open(), wanted);
        const progress = percentProgress((percent) =>
          adapter.status('busy', adapter.translate('history-read.status.exporting', { percent })),
        );
        await exportToFile(one, path, { signal, progress });
        const { readings } = one;
        const params = { count: readings.toLocaleString('en-US'), file: path };
        adapter.status('ok', adapter.translate('history-read.status.exported', params));
        return { readings, from: wanted.from, to: wanted.to };
      };
      adapter.onInput(async (message, send) => {
        if (message.cancel === true) {
          work.cancel();
          return;
        }
        const request = asked(settings, message.query);
        if (message.export !== undefined) {
          const path = resolve(
            RED.settings.userDir ?? process.cwd(),
            check.text('export', message.export),
          );
          const exported = await work.run((signal) => exportTo(path, request, signal));
          const topic = topicOf(message, request.metrics);
          send(Object.assign(message, { topic, payload: path, ...exported }));
          return;
        }
        if (settings.output === 'availability') {
          const { closing } = adapter;
          const now = Date.now();
          const { rows, omitted } = await readAvailability(await open(), request, now, closing);
          showRows(adapter, rows.length, omitted);
          send(Object.assign(message, { topic: topicOf(message), payload: rows, omitted }));
          return;
        }
        const read = readRequest(request, Date.now());
        const compared = comparedName(request, adapter.translate);
        const signal = adapter.closing;
        const { series, omitted } = await readHistory(await open(), read, compared, signal);
        const payload = await payloadOf(settings.output, series, signal);
        show(adapter, series, omitted);
        const { from, to } = read.query;
        send(
          Object.assign(message, {
            topic: topicOf(message, request.metrics),
            ...{ payload, from, to, omitted },
          }),
        );
      });
    });
  }
  registerNode(RED, 'netmon-history-read', readSettings, HistoryRead);
  addPreviewRoute(RED);
}

async function payloadOf(
  output: Exclude<Output, 'availability'>,
  series: HistorySeries[],
  signal: AbortSignal,
) {
  switch (output) {
    case 'series':
      return series;
    case 'readings':
      return inSlices(toReadings(series), { signal });
    case 'rows':
      return inSlices(toRows(series), { signal });
    case 'csv':
      return inSlices(joined(toCsv(series)), { signal });
    case 'jsonl':
      return inSlices(joined(toJsonLines(series)), { signal });
  }
}

function* joined(pieces: Iterable<string>): Generator<void, string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    yield;
  }
  return text;
}

function showRows(adapter: Adapter, count: number, omitted: number): void {
  const params = { count: String(count), omitted: String(omitted) };
  const key = count === 0 ? 'none' : omitted > 0 ? 'rowsCut' : 'rows';
  const kind = count === 0 ? 'idle' : omitted > 0 ? 'warning' : 'ok';
  adapter.status(kind, adapter.translate(`history-read.status.${key}`, params));
}

function show(adapter: Adapter, series: readonly HistorySeries[], omitted: number): void {
  const points = series.reduce((sum, { times }) => sum + times.length, 0);
  const params = {
    series: String(series.length),
    points: points.toLocaleString('en-US'),
    omitted: String(omitted),
  };
  if (series.length === 0) {
    adapter.status('idle', adapter.translate('history-read.status.none'));
  } else if (omitted > 0) {
    adapter.status('warning', adapter.translate('history-read.status.cut', params));
  } else {
    adapter.status('ok', adapter.translate('history-read.status.read', params));
  }
}
