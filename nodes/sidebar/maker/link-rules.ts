import type { FoundInterface } from '../look.ts';
import { nameOf, type Row } from './devices.ts';
import type { Draft, FlowNode } from './flow.ts';
import { linkRules, type RuleRow } from './rules.ts';
import type { Words } from './words.ts';
import { alertsBehind } from './workspace.ts';

/** Adds rules for the ports that matter to the threshold check behind a poll, if there is one; none twice. */
export function addLinkRules(draft: Draft, poll: FlowNode, rows: readonly Row[], words: Words) {
  const { check } = alertsBehind(draft, poll);
  if (!check) return;
  for (const { row, wanted } of rows) {
    const { ports, found } = wanted;
    if (ports.length === 0) continue;
    const rules = draft.value(check, 'rules') as RuleRow[];
    const names = new Set(rules.map(({ name }) => name));
    const wantedRules = linkRules(
      nameOf(row),
      isAll(ports, found.interfaces) ? [] : ports,
      names,
      words,
    );
    const known = new Set(rules.map(({ metric, filter }) => `${String(metric)} ${String(filter)}`));
    const added = wantedRules.filter(
      ({ metric, filter }) => !known.has(`${String(metric)} ${String(filter)}`),
    );
    if (added.length === 0) continue;
    if (draft.nodes.includes(check)) check.rules = [...rules, ...added];
    else draft.change(check, { rules: [...rules, ...added] });
  }
}

function isAll(ports: readonly string[], interfaces: readonly FoundInterface[]): boolean {
  return interfaces.every(({ name, isVirtual }) => isVirtual || ports.includes(name));
}
