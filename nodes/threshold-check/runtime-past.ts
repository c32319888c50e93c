import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { reachedFrom, type Wired } from '../shared/reached-from.ts';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import { openHistories } from '../shared/red/history-node.ts';
import { askPastMessages } from '../shared/red/past-messages.ts';
import { alertTexts } from './alert-texts.ts';
import { type Past, pastOf } from './past.ts';
import { checkRule } from './rule.ts';

/** Adds the route that tells the dialog what the series of a rule were in the last day, and how often it would have fired. */
export function addPastRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'POST threshold-check/past', (request) => answer(RED, request));
}

async function answer(
  RED: NodeAPI,
  { body, signal, translate }: AdminRequest,
): Promise<Past | null> {
  const asked = check.object('rule', body);
  const rule = checkRule('rule', asked.rule);
  const behind = nodesBehind(RED, String(asked.node));
  const texts = alertTexts(translate);
  const past = await pastOf(rule, await openHistories(RED), {
    ...{ texts, now: Date.now(), signal },
    messagesOf: (alerts) => askPastMessages(RED.events, { ...alerts, behind }),
  });
  return past ?? null;
}

/** Those whom a check tells of alerts, as it is deployed; what is behind an alert manager is told by that one. */
function nodesBehind(RED: NodeAPI, node: string): Set<string> {
  const nodes: Wired[] = [];
  RED.nodes.eachNode((one) => void nodes.push(one));
  const reached = reachedFrom(nodes, node, ({ type }) => type === 'netmon-alert-manager');
  return new Set(reached.map(({ id }) => id));
}
