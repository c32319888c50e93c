import type { NodeAPI } from 'node-red';
import { Problem } from '../shared/problem.ts';
import type { Access } from './access.ts';
import { type AccessConfig, accessVersions } from './config.ts';
import { accessOf, type EditedAccess, type StoredAccess } from './edited-access.ts';

/**
 * The access that a dialog sent, with what is stored of its secrets. Whoever opens it closes it.
 * Throws a Problem.
 */
export function openEdited(RED: NodeAPI, request: unknown): Access {
  if (typeof request !== 'object' || request === null) throw new Problem('noAccess');
  const edited = accessVersions.migrate(request) as unknown as EditedAccess;
  return accessOf(edited, storedAccess(RED, edited.id));
}

function storedAccess(RED: NodeAPI, id: string): StoredAccess | undefined {
  let config: AccessConfig | undefined;
  RED.nodes.eachNode((node) => {
    if (node.id === id && node.type === 'netmon-device-access') {
      config = accessVersions.migrate(node) as unknown as AccessConfig;
    }
  });
  return config && { config, secrets: RED.nodes.getCredentials(id) ?? {} };
}
