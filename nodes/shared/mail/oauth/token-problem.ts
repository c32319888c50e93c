import { networkFailure } from '../../network-failure.ts';
import { oneLine } from '../../text.ts';
import { SmtpProblem } from '../smtp-problem.ts';

/** An error as a token server tells it (RFC 6749 section 5.2). */
export interface TokenError {
  error: string;
  description: string;
}

/** what a person has to sign in anew for */
const signInErrors = new Set([
  'invalid_grant',
  'interaction_required',
  'consent_required',
  'expired_token',
  'authorization_declined',
]);
/** what is wrong with the application, its secret or what it is allowed */
const clientErrors = new Set([
  ...['invalid_client', 'unauthorized_client', 'invalid_scope', 'access_denied'],
  ...['invalid_request', 'unsupported_grant_type'],
]);

/**
 * Why a token server gave no token. The mail waits, for each of them can be mended or passes.
 * @param server its host
 * @param status of HTTP
 */
export function tokenProblem(server: string, status: number, { error, description }: TokenError) {
  const params = { server, reason: oneLine(description || error || `HTTP ${status}`) };
  if (signInErrors.has(error)) {
    return new SmtpProblem('tokenSignIn', params, true, undefined, { needsMending: true });
  }
  if (
    clientErrors.has(error) ||
    (status >= 400 && status < 500 && status !== 429 && status !== 408)
  ) {
    return new SmtpProblem('tokenClient', params, true, undefined, { needsMending: true });
  }
  return new SmtpProblem('tokenServer', params, true, undefined);
}

/** Why a token server could not be asked. */
export function tokenNetworkProblem(server: string, error: unknown): SmtpProblem {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const failure = networkFailure(cause?.code ?? '');
  const reason = oneLine((cause?.message ?? String(error)).split(';')[0]!);
  const needsMending = failure === 'certificate' || failure === 'notTls';
  return new SmtpProblem('tokenServer', { server, reason }, true, error, { needsMending });
}
