import { haveSame, keptSecrets } from '../shared/kept-secrets.ts';
import { Access } from './access.ts';
import {
  type AccessSecrets,
  type AccessSettings,
  accessSettings,
  isShown,
  secretNames,
} from './config.ts';

/** A config access as the editor has it: it need not be deployed. */
export interface EditedAccess extends AccessSettings {
  id: string;
  /** the secrets as far as they were typed since */
  credentials?: AccessSecrets;
}

/** A config access as it is deployed. */
export interface StoredAccess {
  config: AccessSettings;
  secrets: AccessSecrets;
}

/** What decides where the secrets go, and how well they are kept from others on the way. */
const decisive = [
  ...['dialect', 'ownWay', 'ownEnable', 'port', 'oldCiphers'],
  ...['url', 'authentication', 'keyHeader', 'verify', 'ca', 'oldTls'],
] as readonly (keyof AccessSettings)[];

/**
 * The access with the settings of a request. A secret that was not typed anew is the stored one, which goes only to
 * where and as it is deployed; but the device may be any. Throws a Problem.
 */
export function accessOf(request: EditedAccess, stored: StoredAccess | undefined): Access {
  const secrets: AccessSecrets = keptSecrets({
    names: secretNames,
    typed: request.credentials,
    stored: stored?.secrets,
    isUsed: (name) => isShown(name, request),
    mayGo:
      stored !== undefined && haveSame(decisive, request, stored.config, accessSettings.defaults),
  });
  return new Access(request, secrets);
}
