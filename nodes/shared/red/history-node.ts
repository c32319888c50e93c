import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Versions } from '../configurations/versions/contract.ts';
import type { History } from '../history/history.ts';
import { Problem } from '../problem.ts';
import type { IdleNode } from './register-node.ts';

/** What other nodes do with a history, wherever it is. */
export type AnyHistory = Pick<
  History,
  'read' | 'analyse' | 'write' | 'latest' | 'backup' | 'labelNames' | 'retention'
>;

/** The config node that holds a history, as the nodes that use it see it. */
export interface HistoryNode extends Node {
  /** Resolves once its files are open. Rejects with a Problem, which the node itself tells of. */
  history: () => Promise<AnyHistory>;
  /** Resolves to the configurations that are kept beside it. Rejects with a Problem where it is a server. */
  versions: () => Promise<Versions>;
}

/** Gives the history of a history database. Throws a Problem where there is no such node. */
export function historyOf(RED: NodeAPI, id: string): () => Promise<AnyHistory> {
  const node = nodeOf(RED, id);
  return () => node.history();
}

/** Gives the configurations that are kept beside the history of a database. Throws a Problem likewise. */
export function versionsOf(RED: NodeAPI, id: string): () => Promise<Versions> {
  const node = nodeOf(RED, id);
  return () => node.versions();
}

function nodeOf(RED: NodeAPI, id: string): HistoryNode {
  const node = RED.nodes.getNode(id) as (HistoryNode & IdleNode) | null;
  if (node?.problem) throw new Problem('badHistory', {}, { cause: node.problem });
  if (!node?.history) throw new Problem('noHistory');
  return node;
}

/** The histories of all databases of the flows. One that cannot be opened tells of it itself, and is none here. */
export async function openHistories(RED: NodeAPI): Promise<AnyHistory[]> {
  const ids: string[] = [];
  RED.nodes.eachNode(({ id, type }) => {
    if (type === 'netmon-history-database') ids.push(id);
  });
  const opened = await Promise.all(
    ids.map(async (id) => {
      try {
        return await historyOf(RED, id)();
      } catch {
        return undefined;
      }
    }),
  );
  return opened.filter((history) => history !== undefined);
}

/** Whether a config-watch of the flows keeps configurations beside the history of a database. */
export function keepsConfigurations(RED: NodeAPI, id: string): boolean {
  let isKept = false;
  RED.nodes.eachNode((node) => {
    const { type, d, database } = node as NodeDef & Record<string, unknown>;
    isKept ||= type === 'netmon-config-watch' && d !== true && database === id;
  });
  return isKept;
}
