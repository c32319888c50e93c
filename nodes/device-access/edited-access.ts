import type { Secrets } from '../protocols/protocol.ts';
import { haveSame, keptSecrets } from '../shared/kept-secrets.ts';
import { Access, protocolOf } from './access.ts';
import { type AccessConfig, defaults, secretNames } from './config.ts';
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
  const secrets: Secrets = keptSecrets({
    names: secretNames,
    typed: request.credentials,
    stored: stored?.secrets,
    isUsed: (name) => isShown(name, request),
    mayGo: stored !== undefined && haveSame(decisive, request, stored.config, defaults),
  });
  return new Access(request, secrets);
}
