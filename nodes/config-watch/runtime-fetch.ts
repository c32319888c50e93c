import type { Node, NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { byName } from '../shared/natural-order.ts';
import { Problem } from '../shared/problem.ts';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import type { Outcome } from './config-watch.ts';
import type { FetchAnswer } from './fetch-now.ts';
import { resultOf } from './result.ts';

/** The node, as the route of its dialog sees it. */
export interface WatchNode extends Node {
  /** Fetches and keeps the configuration of a device that is watched. Rejects with a Problem. */
  fetchNow?: (device: string) => Promise<Outcome>;
  /** The names of all devices that are watched: typed, learned, or brought by a message. */
  watched?: () => string[];
}

/** names that the dialog offers */
const offered = 5000;

/** lines of the difference that the dialog shows */
const shown = 100;

/** Adds the routes behind the dialog's button: they ask what is deployed. */
export function addFetchRoute(RED: NodeAPI): void {
  const nodeOf = (id: unknown) => RED.nodes.getNode(String(id)) as WatchNode | null;
  addAdminRoute(RED, 'POST config-watch/devices', ({ body }) => {
    const { id } = check.object('settings', body);
    const names = nodeOf(id)?.watched?.();
    if (!names) throw new Problem('watchNotDeployed');
    return names.sort(byName).slice(0, offered);
  });
  addAdminRoute(RED, 'POST config-watch/fetch', async ({ body }) => {
    const { id, device } = check.object('settings', body);
    const node = nodeOf(id);
    if (!node?.fetchNow) throw new Problem('watchNotDeployed');
    const began = performance.now();
    const outcome = await node.fetchNow(check.text('device', device));
    if (outcome.problem) throw outcome.problem;
    const result = resultOf(outcome, String);
    const lines = result.diff.split('\n').slice(0, shown);
    const answer: FetchAnswer = {
      device: result.device,
      outcome: outcome.added!.outcome,
      ...{ added: result.added, removed: result.removed, size: result.size ?? 0 },
      seconds: (performance.now() - began) / 1000,
      diff: lines.join('\n'),
      ...(result.changedBy !== undefined && { changedBy: result.changedBy }),
      ...(result.savedDiffers !== undefined && { savedDiffers: result.savedDiffers }),
      findings: result.findings.map(({ rule }) => rule),
    };
    return answer;
  });
}
