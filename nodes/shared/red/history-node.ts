import type { Node, NodeAPI } from 'node-red';
import { Problem } from '../problem.ts';
import type { History } from '../history/history.ts';
import type { IdleNode } from './register-node.ts';

/** What other nodes do with a history, wherever it is. */
export type AnyHistory = Pick<History, 'read' | 'write' | 'latest' | 'backup'>;

/** The config node that holds a history, as the nodes that use it see it. */
export interface HistoryNode extends Node {
  /** Resolves once its files are open. Rejects with a Problem, which the node itself tells of. */
  history: () => Promise<AnyHistory>;
}

/** Gives the history of a history database. Throws a Problem where there is no such node. */
export function historyOf(RED: NodeAPI, id: string): () => Promise<AnyHistory> {
  const node = RED.nodes.getNode(id) as (HistoryNode & IdleNode) | null;
  if (node?.problem) throw new Problem('badHistory', {}, { cause: node.problem });
  if (!node?.history) throw new Problem('noHistory');
  return () => node.history();
}
