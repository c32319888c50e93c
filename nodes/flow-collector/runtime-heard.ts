import type { Node, NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { Problem } from '../shared/problem.ts';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import type { HeardAnswer } from './heard.ts';

/** The node, as the route of its dialog sees it. */
export interface CollectorNode extends Node {
  heard?: () => HeardAnswer;
}

/** Adds the route behind the dialog's list of who has sent anything. */
export function addHeardRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'POST flow-collector/heard', ({ body }) => {
    const { id } = check.object('settings', body);
    const node = RED.nodes.getNode(String(id)) as CollectorNode | null;
    if (!node?.heard) throw new Problem('flowNotDeployed');
    return node.heard();
  });
}
