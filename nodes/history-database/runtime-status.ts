import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import type { History } from '../shared/history/history.ts';
import type { HistoryNode } from '../shared/red/history-node.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import { outlook } from './outlook.ts';
import type { ForwardStatus, HistoryStatus } from './status.ts';

type Forwarded = Awaited<ReturnType<History['status']>>['forwards'][string];

/** Adds the route behind what the dialog shows of the history that is there. */
export function addStatusRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'history-database/status', async ({ body, translate }) => {
    const id = check.text('id', check.object('settings', body).id);
    const node = RED.nodes.getNode(id) as HistoryNode | null;
    if (!node?.history) throw new Problem('historyNotDeployed');
    return await statusOf(node, translate);
  });
}

async function statusOf(node: HistoryNode, t: Translate): Promise<HistoryStatus> {
  const history = await node.history();
  const { series, readings, size, oldest, forwards } = await history.status();
  const forward = forwards[node.id];
  const { perSecond, pending, retention } = history;
  return {
    ...{ series, readings, size, perSecond, pending, folder: history.folder },
    ...outlook({ readings, size }, perSecond, retention),
    ...(oldest !== undefined && { oldest }),
    ...(forward && { forward: forwardOf(forward, t) }),
  };
}

function forwardOf({ since, problem, ...rest }: Forwarded, t: Translate): ForwardStatus {
  return {
    ...rest,
    ...(since !== undefined && { since }),
    ...(problem && { problem: errorText(problem, t) }),
  };
}
