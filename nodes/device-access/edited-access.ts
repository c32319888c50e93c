import type { NodeAPI } from 'node-red';
import { Problem } from '../shared/problem.ts';
import { Access } from './access.ts';
import type { AccessConfig } from './config.ts';
import type { Secrets, Transports } from './protocols/protocol.ts';
import { transports } from './transports/index.ts';

/** A device access as the editor has it: it need not be deployed. */
export interface EditedAccess extends AccessConfig {
  id: string;
  /** the secrets as far as they were typed since */
  credentials?: Secrets;
}

const secretNames = ['user', 'secret', 'privacySecret'] as const;

/**
 * The access that a dialog sent, with what is stored of its secrets. Whoever opens it closes it.
 * Throws a Problem.
 */
export function openEdited(RED: NodeAPI, request: unknown): Access {
  if (typeof request !== 'object' || request === null) throw new Problem('noAccess');
  const edited = request as EditedAccess;
  const stored = (RED.nodes.getCredentials(edited.id) ?? {}) as Secrets;
  return accessOf(edited, stored, transports);
}

/**
 * The access with the settings of a request. A secret that was not typed anew is the stored one.
 * Throws a FieldProblem.
 */
export function accessOf(request: EditedAccess, stored: Secrets, transports: Transports): Access {
  const secrets = { ...stored };
  for (const name of secretNames) {
    const typed = request.credentials?.[name];
    // The editor has these signs in place of a stored secret.
    if (typeof typed === 'string' && typed !== '__PWRD__') secrets[name] = typed;
  }
  return new Access(request, secrets, transports);
}
