import type { NodeAPI } from 'node-red';

/**
 * What Node-RED encrypts credentials with: the user's own, or the one that it made. Undefined where it encrypts none,
 * or has not made one yet.
 */
export function credentialSecretOf(RED: NodeAPI): string | undefined {
  const settings = RED.settings as unknown as {
    credentialSecret?: unknown;
    get?: (name: string) => unknown;
  };
  const own = settings.credentialSecret;
  if (typeof own === 'string' && own !== '') return own;
  if (own === false) return undefined;
  try {
    const made = settings.get?.('_credentialSecret');
    return typeof made === 'string' && made !== '' ? made : undefined;
  } catch {
    // Its settings are not there yet.
    return undefined;
  }
}
