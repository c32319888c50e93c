import { reachedFrom } from '../../shared/reached-from.ts';
import type { Draft, FlowNode } from './flow.ts';

export const pollType = 'netmon-device-poll';

/** The tabs that run and may be changed, by their ids. */
export function editableTabs(nodes: readonly FlowNode[]): Map<string, FlowNode> {
  const tabs = nodes.filter(({ type, disabled, locked }) => type === 'tab' && !disabled && !locked);
  return new Map(tabs.map((tab) => [tab.id, tab]));
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
