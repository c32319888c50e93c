import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { readHistory } from '../shared/history/answers.ts';
import { readRequest, requestDefaults } from '../shared/history/request.ts';
import { type AdminRequest, addAdminRoute } from '../shared/red/admin-route.ts';
import { historyOf } from '../shared/red/history-node.ts';
import { asked, comparedName } from './asked.ts';
import { type Preview, previewOf, type PreviewRequest } from './preview.ts';

/** Adds the route behind the small chart in the dialog. */
export function addPreviewRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'history-read/preview', (request) => answer(RED, request));
}

async function answer(RED: NodeAPI, { body, signal, translate }: AdminRequest): Promise<Preview> {
  const { database, request } = check.object('settings', body) as unknown as PreviewRequest;
  const wanted = asked(requestDefaults, request);
  const read = readRequest(wanted, Date.now());
  const history = await historyOf(RED, database)();
  const compared = comparedName(wanted, translate);
  return previewOf(read.query, await readHistory(history, read, compared, signal));
}
