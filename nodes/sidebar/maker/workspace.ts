import type { Draft, FlowNode } from './flow.ts';

export const pollType = 'netmon-device-poll';

/** The tabs that run and may be changed, by their ids. */
export function editableTabs(nodes: readonly FlowNode[]): Map<string, FlowNode> {
  const tabs = nodes.filter(({ type, disabled, locked }) => type === 'tab' && !disabled && !locked);
  return new Map(tabs.map((tab) => [tab.id, tab]));
}

/** The nodes that a node's messages come to, over wires and links, the nearest first. */
export function reachedFrom(nodes: readonly FlowNode[], from: string): FlowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const reached = new Set<string>([from]);
  for (const id of reached) {
    const node = byId.get(id);
    const links = node?.type === 'link out' ? (node.links as string[]) : [];
    for (const next of [...(node?.wires ?? []).flat(), ...links]) {
      if (byId.has(next)) reached.add(next);
    }
  }
  reached.delete(from);
  return [...reached].map((id) => byId.get(id)!);
}

export function isCheck({ type }: FlowNode): boolean {
  return type === 'netmon-threshold-check';
}

/** The nearest alert manager and threshold check that a node's messages come to, as the flow will be. */
export function alertsBehind({ workspace, nodes }: Draft, node: FlowNode) {
  const reached = reachedFrom([...workspace.nodes, ...nodes], node.id);
  return {
    manager: reached.find(({ type }) => type === 'netmon-alert-manager'),
    check: reached.find(isCheck),
  };
}

/** The history database that is there or in the making. */
export function historyOf({ workspace, nodes }: Draft): FlowNode | undefined {
  return [...workspace.nodes, ...nodes].find(({ type }) => type === 'netmon-history-database');
}
