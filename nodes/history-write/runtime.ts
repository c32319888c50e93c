import { resolve } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import * as check from '../shared/check.ts';
import { inSlices } from '../shared/in-slices.ts';
import { historyOf } from '../shared/red/history-node.ts';
import { Problem, together } from '../shared/problem.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { withAlertsRead } from './alert-reading.ts';
import { type HistoryWriteSettings, writeSettings } from './config.ts';
import { readReadings } from '../shared/messages/read-readings.ts';
import { isReadingsText, textReadings } from '../shared/messages/text-readings.ts';

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
      adapter.onInput(async ({ payload, topic, backup }) => {
        if (backup !== undefined) {
          const userDirectory = RED.settings.userDir ?? process.cwd();
          const folder = resolve(userDirectory, check.text('backup', backup));
          const made = await (await open()).backup(folder);
          adapter.status('ok', t('history-write.status.backup', { folder: made }));
          return;
        }
        const now = Date.now();
        const { readings, problems } = isReadingsText(payload)
          ? await inSlices(textReadings(payload, now), { signal: adapter.closing })
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
