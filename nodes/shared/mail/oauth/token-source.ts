import type { Clock } from '../../clock.ts';
import { type Answer, ask } from './ask-tokens.ts';
import type { SignInSecrets, SignInSettings } from './sign-in-settings.ts';
import { tokenProblem } from './token-problem.ts';
import { tokenRequest } from './token-request.ts';

/** s before its end that a token is no longer used */
const margin = 60;
/** s that a token holds whose server does not say (RFC 6749 leaves that open) */
const usualLifetime = 300;

export interface TokenSourceOptions {
  settings: SignInSettings;
  secrets: SignInSecrets;
  /**
   * Keeps a refresh token that the server gave in the place of the one before; resolves once it is kept. It is in use
   * whether or not that succeeds.
   */
  keep: (refreshToken: string) => Promise<void>;
  clock: Clock;
}

/** Gives access tokens: the same one while it holds, whoever asks. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #refreshToken: string | undefined;
  #token: { text: string; until: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
    this.#refreshToken = options.secrets.refreshToken;
  }

  /** Goes on with a refresh token that an earlier run kept. */
  restore(refreshToken: string): void {
    this.#refreshToken = refreshToken;
  }

  /**
   * An access token for the mail server.
   * @param renew whether the mail server refused the last one
   * @throws SmtpProblem, a FieldProblem of a bad setting, or the signal's reason once it is aborted
   */
  async token(renew: boolean, signal: AbortSignal): Promise<string> {
    const { clock } = this.#options;
    if (!renew && this.#token && clock.steady() < this.#token.until) return this.#token.text;
    this.#asking ??= this.#ask(signal).finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(signal: AbortSignal): Promise<string> {
    const { clock, settings, secrets, keep } = this.#options;
    const refreshToken = this.#refreshToken;
    const current = { ...secrets, ...(refreshToken !== undefined && { refreshToken }) };
    const request = tokenRequest(settings, current, clock.date());
    const asked = clock.steady();
    const answer = await ask(request, signal);
    const { access_token: text, refresh_token: next } = answer;
    if (typeof text !== 'string' || text === '') {
      throw tokenProblem(new URL(request.url).host, 502, { error: '', description: '' });
    }
    this.#token = { text, until: asked + Math.max(0, lifetimeOf(answer) - margin) * 1000 };
    if (typeof next === 'string' && next !== '' && next !== refreshToken) {
      this.#refreshToken = next;
      // Before it is of use: the one before may hold no longer.
      await keep(next);
    }
    return text;
  }
}

function lifetimeOf({ expires_in: seconds }: Answer): number {
  const lifetime = Number(seconds);
  return Number.isFinite(lifetime) && lifetime > 0 ? lifetime : usualLifetime;
}
