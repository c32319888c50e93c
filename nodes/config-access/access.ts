import { webNetwork } from '../protocols/web/network.ts';
import { Web } from '../protocols/web/web.ts';
import { type Address, toAddress } from '../shared/address.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import type {
  ConfigurationAccess,
  ConfigurationDevice,
  Fetched,
  FetchOptions,
} from '../shared/configurations/access.ts';
import type { Dialect } from '../shared/configurations/dialect.ts';
import { FieldProblem, isProblem, Problem } from '../shared/problem.ts';
import { withinTime } from '../shared/within-time.ts';
import {
  type AccessSecrets,
  type AccessSettings,
  type CheckedAccess,
  checkSettings,
} from './config.ts';
import { fetchByHttp } from './http.ts';
import { wrappedKey } from './private-key.ts';
import { fetchBySsh } from './ssh.ts';

/** Fetches configurations from the network of this machine. */
export class Access implements ConfigurationAccess {
  readonly dialect: Dialect;
  readonly #settings: CheckedAccess;
  readonly #secrets: AccessSecrets;
  readonly #clock: Clock;
  readonly #web: Web | undefined;

  /** Throws a FieldProblem where the settings are bad. */
  constructor(config: AccessSettings, secrets: AccessSecrets, clock = systemClock) {
    this.#settings = checkSettings(config);
    this.#secrets = secrets;
    this.#clock = clock;
    this.dialect = this.#settings.dialect;
    const { user = '', password = '' } = secrets;
    if (this.dialect.way === 'http') {
      this.#web = new Web(this.#settings, { user, secret: password }, webNetwork);
    }
  }

  async fetch(
    device: ConfigurationDevice,
    { signal, knownHostKey }: FetchOptions,
  ): Promise<Fetched> {
    const { name, address } = device;
    try {
      const target = toAddress('address', address);
      return await withinTime(this.#settings.timeout, signal, (limit) =>
        this.#web
          ? fetchByHttp(this.#web, this.dialect, target, limit)
          : this.#fetchBySsh(target, device, knownHostKey, limit),
      );
    } catch (cause) {
      signal.throwIfAborted();
      if (!isProblem(cause)) throw cause;
      const told = name === address ? 'deviceAt' : 'device';
      throw new Problem(told, { device: name, address }, { cause });
    }
  }

  /** Ends every connection that waits for its next use. */
  async close(): Promise<void> {
    await this.#web?.close();
  }

  #fetchBySsh(
    target: Address,
    { oldCiphers = false }: ConfigurationDevice,
    knownHostKey: string | undefined,
    signal: AbortSignal,
  ): Promise<Fetched> {
    const { port, maxSize } = this.#settings;
    const { user = '', privateKey = '', ...others } = this.#secrets;
    if (user === '') throw new FieldProblem('user', 'text', '');
    return fetchBySsh(
      {
        ...{ ...others, user, privateKey: wrappedKey(privateKey), knownHostKey },
        ...{ host: target.host, port: target.port ?? port, dialect: this.dialect },
        oldCiphers: oldCiphers || this.#settings.oldCiphers,
        ...{ maxBytes: maxSize * 1e6, clock: this.#clock },
      },
      signal,
    );
  }
}
