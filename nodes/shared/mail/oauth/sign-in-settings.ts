import { FieldProblem } from '../../problem.ts';

/** How Netmon signs in to a mail server without a password (OAuth 2.0, RFC 6749). */
export const signIns = [
  /** Microsoft 365, as an application of its own: client credentials (RFC 6749 section 4.4) */
  'microsoftApp',
  /** Microsoft 365, for a person who signed in by device code (RFC 8628) */
  'microsoftUser',
  /** Google, for a person: a refresh token (RFC 6749 section 6) */
  'googleUser',
  /** Google Workspace, a service account for a mailbox (RFC 7523) */
  'googleService',
] as const;
export type SignIn = (typeof signIns)[number];

/** What a token is asked for with, besides secrets. */
export interface SignInSettings {
  signIn: SignIn;
  /** Microsoft's directory: its id, a domain, or `common` */
  tenant: string;
  clientId: string;
  /** origin of another token server than the usual one; empty for that */
  tokenServer: string;
}

/** What is kept from others. */
export interface SignInSecrets {
  /** the mailbox */
  user?: string;
  clientSecret?: string;
  refreshToken?: string;
  /** the JSON file of a service account */
  serviceKey?: string;
}

/**
 * Checks the origin of a token server: HTTPS, since secrets go there, or this machine.
 * @throws FieldProblem
 */
export function checkTokenServer(field: string, value: unknown): string {
  if (value === '' || value === undefined) return '';
  const url = typeof value === 'string' ? URL.parse(value.trim()) : null;
  const isLocal = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    throw new FieldProblem(field, 'httpsOrigin', value);
  }
  return url.origin;
}

/** How a server's settings sign in; undefined where that is by a password. */
export function signInOf({
  login,
  ...settings
}: Omit<SignInSettings, 'signIn'> & { login: SignIn | 'password' }): SignInSettings | undefined {
  if (login === 'password') return undefined;
  const { tenant, clientId, tokenServer } = settings;
  return { signIn: login, tenant, clientId, tokenServer };
}
