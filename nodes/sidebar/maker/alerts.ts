import type { Draft, FlowNode } from './flow.ts';
import type { Words } from './words.ts';
import { alertsBehind } from './workspace.ts';

/** What the alert manager sends where, with one receiver. */
export const alertOutputs = { receiver: 0, list: 1, history: 2 } as const;

/**
 * What makes one message of an outage, behind a threshold check: it learns from what the polls tell of neighbors
 * through what devices are reached.
 */
export function addAlerts(draft: Draft, check: FlowNode, words: Words): FlowNode {
  const alerts = draft.add('netmon-alert-manager', {
    name: words('alerts'),
    receivers: words('mail'),
    gateway: true,
    neighbors: true,
    wires: [[], [], [], []],
  });
  draft.wire(check, alerts);
  // All alerts, from which it learns after a restart what is over.
  draft.wire(check, alerts, 1);
  return alerts;
}

/**
 * Wires what knows the alerts of a poll to the dashboard's pages, and what people do there back to it: an alert
 * manager, or a check where there is none.
 */
export function showAlerts(
  draft: Draft,
  { poll, data, asking }: { poll: FlowNode; data: FlowNode; asking: FlowNode },
): void {
  const { manager, check } = alertsBehind(draft, poll);
  if (manager) {
    draft.wire(manager, data, alertOutputs.list);
    draft.wire(asking, manager);
  } else if (check) {
    draft.wire(check, data, 1);
  }
}
