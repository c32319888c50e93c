import type { FoundWay } from '../look.ts';
import type { Draft, FlowNode } from './flow.ts';
import { uniqueName } from './names.ts';
import type { Words } from './words.ts';

const accessType = 'netmon-device-access';

/** The access that asks a device in this way: one that is there where its settings are the same, else a new one. */
export function accessFor(
  draft: Draft,
  way: FoundWay,
  credentials: Record<string, string>,
  words: Words,
): FlowNode {
  const accesses = [...draft.workspace.nodes, ...draft.nodes].filter(
    ({ type }) => type === accessType,
  );
  const opened = accesses.find(({ id }) => id === way.access);
  if (opened) return opened;

  const settings = {
    protocol: way.protocol,
    // Most switches have nothing to say about a processor; asking them costs one packet.
    ...(way.protocol === 'snmp' && { snmpHost: true }),
    ...way.settings,
  };
  const wanted: Record<string, unknown> = { ...draft.workspace.defaults(accessType), ...settings };
  const same = accesses.find(
    (access) =>
      Object.keys(wanted).every((key) => key === 'name' || isSame(access[key], wanted[key])) &&
      isSame(access.credentials ?? {}, credentials),
  );
  if (same) return same;

  const names = new Set(accesses.map(({ name }) => String(name)));
  return draft.add(accessType, {
    ...settings,
    name: uniqueName(words(`access.${way.protocol}`), names),
    ...(Object.keys(credentials).length > 0 && { credentials }),
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
