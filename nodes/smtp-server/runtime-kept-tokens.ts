import type { Clock } from '../shared/clock.ts';
import { seal, unseal } from '../shared/mail/oauth/sealed-text.ts';
import type { SignInSecrets, SignInSettings } from '../shared/mail/oauth/sign-in-settings.ts';
import { TokenSource } from '../shared/mail/oauth/token-source.ts';
import type { Adapter } from '../shared/red/adapter.ts';
import type { StateFile } from '../shared/red/state-file.ts';

/**
 * The access tokens of a mail server. A refresh token that the provider gave in the place of the one that was typed in
 * is kept in a file that only who has the typed one can read: Node-RED writes credentials only when it is deployed.
 */
export class KeptTokens {
  readonly #adapter: Adapter;
  readonly #file: StateFile;
  readonly #secret: string;
  readonly #source: TokenSource;
  readonly #restored: Promise<void>;
  #keeping: Promise<void> | undefined;

  constructor(adapter: Adapter, settings: SignInSettings, secrets: SignInSecrets, clock: Clock) {
    this.#adapter = adapter;
    this.#file = adapter.stateFile();
    this.#secret = secrets.refreshToken ?? '';
    const keep = (refreshToken: string) => (this.#keeping = this.#keep(refreshToken));
    this.#source = new TokenSource({ settings, secrets, keep, clock });
    this.#restored = this.#secret === '' ? Promise.resolve() : this.#restore();
  }

  /** See {@link TokenSource.token}. */
  async token(renew: boolean, signal: AbortSignal): Promise<string> {
    await this.#restored;
    return this.#source.token(renew, signal);
  }

  /** Ends what is being written. @param removed whether nothing need be kept any more */
  async close(removed: boolean): Promise<void> {
    await this.#keeping;
    if (removed) await this.#file.remove();
  }

  // A file of before somebody signed in anew cannot be read, and does not count.
  async #restore() {
    try {
      const kept = (await this.#file.read()) as { refreshToken?: unknown } | undefined;
      const sealed = kept?.refreshToken;
      const refreshToken = typeof sealed === 'string' && unseal(sealed, this.#secret);
      if (refreshToken) this.#source.restore(refreshToken);
    } catch (error) {
      this.#warn(error);
    }
  }

  // Mails go out all the same: the token is in use, and may hold after a restart too.
  async #keep(refreshToken: string) {
    const refreshTokenSealed = seal(refreshToken, this.#secret);
    await this.#file
      .write(() => ({ refreshToken: refreshTokenSealed }))
      .catch((error: unknown) => this.#warn(error));
  }

  #warn(error: unknown) {
    const reason = this.#adapter.text(error);
    this.#adapter.node.warn(this.#adapter.translate('smtp-server.status.notKept', { reason }));
  }
}
