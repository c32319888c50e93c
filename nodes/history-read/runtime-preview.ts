import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { readHistory } from '../shared/history/answers.ts';
import { readAvailability } from '../shared/history/read-availability.ts';
import { readRequest, requestDefaults } from '../shared/history/request.ts';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import { historyOf } from '../shared/red/history-node.ts';
import { asked, comparedName } from './asked.ts';
import { type Preview, previewOf, type PreviewRequest, tableOf } from './preview.ts';

/** Adds the route behind the small chart, or table, in the dialog. */
export function addPreviewRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'POST history-read/preview', (request) => answer(RED, request));
}

async function answer(RED: NodeAPI, { body, signal, translate }: AdminRequest): Promise<Preview> {
  const { database, output, request } = check.object('settings', body) as unknown as PreviewRequest;
  const wanted = asked(requestDefaults, request);
  const now = Date.now();
  const open = historyOf(RED, database);
  if (output === 'availability') {
    return tableOf(await readAvailability(await open(), wanted, now, signal));
  }
  const read = readRequest(wanted, now);
  const history = await open();
  const compared = comparedName(wanted, translate);
  return previewOf(read.query, await readHistory(history, read, compared, signal));
}
