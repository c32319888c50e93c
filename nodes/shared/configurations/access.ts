import type { Dialect } from './dialect.ts';

/** A device whose configuration is wanted. */
export interface ConfigurationDevice {
  /** what it is called in errors */
  name: string;
  /** with a port where it is not the usual one, such as `core-1:2222` */
  address: string;
  /** whether key exchanges, ciphers and host keys that count as broken are taken too */
  oldCiphers?: boolean;
}

export interface FetchOptions {
  /** ends what is under way */
  signal: AbortSignal;
  /** what {@link Fetched.hostKey} was before; another one ends in a problem `hostKeyChanged`. Undefined takes any. */
  knownHostKey?: string | undefined;
}

/** What a device answered, as it is: neither checked, cleaned nor masked. Never to be kept or logged. */
export interface Fetched {
  running: string;
  /** what is used after a restart, where the dialect can tell */
  saved?: string;
  /** over SSH: `SHA256:` and the hash of the host key, as OpenSSH shows it */
  hostKey?: string;
}

/** The one way to configurations. */
export interface ConfigurationAccess {
  readonly dialect: Dialect;
  /**
   * Fetches the configuration of a device within the time-out of the access. Rejects with a `Problem` that names device
   * and step and has no secret, or with the signal's reason once aborted. Of a host key that changed the problem
   * has the key `hostKeyChanged` and the parameter `hostKey`; nothing of the login was sent then.
   */
  fetch(device: ConfigurationDevice, options: FetchOptions): Promise<Fetched>;
}

/** A config node `netmon-config-access`, as the nodes that use it see it. */
export interface ConfigurationAccessNode {
  /** undefined where its settings are bad */
  configurationAccess?: ConfigurationAccess;
  /** why */
  problem?: unknown;
}
