import type { NodeAPI } from 'node-red';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import { openHistories } from '../shared/red/history-node.ts';
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
  const rule = checkRule('rule', body);
  const texts = alertTexts(translate);
  const past = await pastOf(rule, await openHistories(RED), { texts, now: Date.now(), signal });
  return past ?? null;
}
