import type { Node, NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import type { History } from '../shared/history/history.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import type { HistoryNode } from '../shared/red/history-node.ts';
import { outlook } from './outlook.ts';
import type { RemoteCredentials } from './servers.ts';
import type { ForwardStatus, HistoryStatus } from './status.ts';

type Forwarded = Awaited<ReturnType<History['status']>>['forwards'][string];

/** The config node, as its own parts see it. */
export interface DatabaseNode extends HistoryNode, Node<RemoteCredentials> {
  credentials: RemoteCredentials;
  /** likewise, where it is a folder */
  stored?: () => Promise<History>;
}

/** The history of a database by its id. Rejects with a Problem. */
export type StoredHistory = (id: unknown) => Promise<History>;

/** Gives the histories of databases that keep them in a folder. */
export function storedHistory(RED: NodeAPI): StoredHistory {
  return async (id) => {
    const node = RED.nodes.getNode(String(id)) as DatabaseNode | null;
    if (!node?.stored) throw new Problem('historyNotDeployed');
    return node.stored();
  };
}

/** Adds the route behind what the dialog shows of the history that is there. */
export function addStatusRoute(RED: NodeAPI, stored: StoredHistory): void {
  addAdminRoute(RED, 'POST history-database/status', async ({ body, translate }) => {
    const id = check.text('id', check.object('settings', body).id);
    return await statusOf(id, await stored(id), translate);
  });
}

async function statusOf(id: string, history: History, t: Translate): Promise<HistoryStatus> {
  const { series, readings, size, oldest, forwards } = await history.status();
  const forward = forwards[id];
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
