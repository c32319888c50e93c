import { resolve } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Cancellable } from '../shared/cancellable.ts';
import * as check from '../shared/check.ts';
import { Import } from '../shared/history/import.ts';
import { importFromFile, percentProgress } from '../shared/history/transfer-files.ts';
import { inSlices } from '../shared/in-slices.ts';
import { readReadings } from '../shared/messages/read-readings.ts';
import { kindOfText, textReadings } from '../shared/messages/text-readings.ts';
import { Problem, together } from '../shared/problem.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { historyOf } from '../shared/red/history-node.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { withAlertsRead } from './alert-reading.ts';
import { type HistoryWriteSettings, writeSettings } from './config.ts';

/** Registers the node that keeps readings in a history database. */
export default function (RED: NodeAPI): void {
  function HistoryWrite(this: Node, config: NodeDef & HistoryWriteSettings) {
    RED.nodes.createNode(this, config);
    const adapter = new Adapter(RED, this);
    const t = adapter.translate;
    let kept = 0;
    let waiting = 0;
    const show = () => {
      const params = { count: kept.toLocaleString('en-US'), waiting: String(waiting) };
      if (waiting > 0) adapter.status('busy', t('history-write.status.waiting', params));
      else adapter.status('ok', t('history-write.status.kept', params));
    };
    adapter.run(() => {
      const open = historyOf(RED, config.database);
      adapter.status('idle', t('history-write.status.ready'));
      const work = new Cancellable(adapter.closing);
      const pathOf = (field: string, given: unknown) =>
        resolve(RED.settings.userDir ?? process.cwd(), check.text(field, given));
      const progress = (key: string) =>
        percentProgress((percent) =>
          adapter.status('busy', t(`history-write.status.${key}`, { percent })),
        );
      const importFile = async (path: string, signal: AbortSignal) => {
        const one = new Import(await open(), Date.now());
        try {
          await importFromFile(one, path, { signal, progress: progress('importing') });
        } finally {
          kept += one.tally.taken;
        }
        show();
        const { problems, refused } = one.tally;
        const problem = together('readings', problems, (error) => adapter.text(error), refused);
        if (problem) throw problem;
      };
      const backUp = async (folder: string, signal: AbortSignal) => {
        const history = await open();
        const made = await history.backup(folder, { signal, progress: progress('backingUp') });
        adapter.status('ok', t('history-write.status.backup', { folder: made }));
      };
      adapter.onInput(async ({ payload, topic, backup, import: file, cancel }) => {
        if (cancel === true) {
          work.cancel();
          return;
        }
        if (file !== undefined) {
          const path = pathOf('import', file);
          await work.run((signal) => importFile(path, signal));
          return;
        }
        if (backup !== undefined) {
          const folder = pathOf('backup', backup);
          await work.run((signal) => backUp(folder, signal));
          return;
        }
        const now = Date.now();
        const text = typeof payload === 'string' ? payload : '';
        const kind = kindOfText(text);
        const { readings, problems } = kind
          ? await inSlices(textReadings({ text, kind }, now), { signal: adapter.closing })
          : readReadings(withAlertsRead(payload, now), topic, now);
        waiting += readings.length;
        try {
          const { late, early } = await (await open()).write(readings);
          kept += readings.length - late - early;
          if (late + early > 0) {
            problems.push(new Problem('historyRefused', { count: late + early, late, early }));
          }
        } finally {
          waiting -= readings.length;
        }
        if (!adapter.closing.aborted) show();
        const problem = together('readings', problems, (error) => adapter.text(error));
        if (problem) throw problem;
      });
    });
  }
  registerNode(RED, 'netmon-history-write', writeSettings, HistoryWrite);
}
