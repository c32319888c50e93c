import { Problem } from '../shared/problem.ts';
import { Access, protocolOf } from './access.ts';
import { type AccessConfig, defaults, secretNames } from './config.ts';
import type { Secrets } from '../protocols/protocol.ts';
import { isShown } from './shown-fields.ts';

/** A device access as the editor has it: it need not be deployed. */
export interface EditedAccess extends AccessConfig {
  id: string;
  /** the secrets as far as they were typed since */
  credentials?: Secrets;
}

/** What decides where the secrets go, and how well they are kept from others on the way. */
const decisive = [
  ...['protocol', 'url', 'authentication', 'keyHeader', 'verify', 'ca', 'oldTls'],
  ...['snmpVersion', 'snmpPort', 'snmpLevel', 'snmpAuthentication', 'snmpPrivacy', 'snmpContext'],
] as readonly (keyof AccessConfig)[];

/** A device access as it is deployed. */
export interface StoredAccess {
  config: AccessConfig;
  secrets: Secrets;
}

/**
 * The access with the settings of a request. A secret that was not typed anew is the stored one, which
 * goes only to where and as it is deployed; but the device may be any. Throws a Problem.
 */
export function accessOf(request: EditedAccess, stored: StoredAccess | undefined): Access {
  protocolOf(request).check(request);
  const secrets: Secrets = {};
  for (const name of secretNames) {
    const typed = request.credentials?.[name];
    // The editor has these signs in place of a stored secret.
    if (typeof typed === 'string' && typed !== '__PWRD__') {
      secrets[name] = typed;
    } else if (stored?.secrets[name]) {
      if (isShown(name, request) && !isSame(request, stored.config)) {
        throw new Problem('keptSecret');
      }
      secrets[name] = stored.secrets[name];
    }
  }
  return new Access(request, secrets);
}

function isSame(request: AccessConfig, stored: AccessConfig): boolean {
  // Older configs lack what came later. Numbers of a dialog are texts.
  const told = (config: AccessConfig, name: keyof AccessConfig) =>
    JSON.stringify(config[name] ?? defaults[name]).replaceAll('"', '');
  return decisive.every((name) => told(request, name) === told(stored, name));
}
