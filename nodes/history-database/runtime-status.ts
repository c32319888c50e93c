import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import type { HistoryNode } from '../shared/red/history-node.ts';
import { Problem } from '../shared/problem.ts';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import { outlook } from './outlook.ts';
import type { HistoryStatus } from './status.ts';

/** Adds the route behind what the dialog shows of the history that is there. */
export function addStatusRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'history-database/status', async ({ body }) => {
    const id = check.text('id', check.object('settings', body).id);
    const node = RED.nodes.getNode(id) as HistoryNode | null;
    if (!node?.history) throw new Problem('historyNotDeployed');
    return await statusOf(node);
  });
}

async function statusOf(node: HistoryNode): Promise<HistoryStatus> {
  const history = await node.history();
  const { series, readings, size, oldest } = await history.status();
  const { perSecond, pending, retention } = history;
  return {
    ...{ series, readings, size, perSecond, pending, folder: history.folder },
    ...outlook({ readings, size }, perSecond, retention),
    ...(oldest !== undefined && { oldest }),
  };
}
