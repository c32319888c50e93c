import * as check from '../check.ts';
import { FieldProblem } from '../problem.ts';
import { choice, flag, number, setting, settings, unchecked, type Values } from '../settings.ts';
import { checkTokenServer, signIns, type SignInSecrets } from './oauth/sign-in-settings.ts';

/**
 * How the connection is encrypted: from its start, by STARTTLS or not at all, by STARTTLS where the
 * server offers it, or never.
 */
const securities = ['tls', 'starttls', 'optional', 'none'] as const;
export type Security = (typeof securities)[number];

const logins = ['password', ...signIns] as const;

/** How to reach a mail server. */
export const smtpSettings = settings({
  host: setting('', (field, value) => {
    const host = check.text(field, value, { max: 253 });
    if (!/^[\p{L}\p{N}._:-]+$/u.test(host)) throw new FieldProblem(field, 'hostName', host);
    return host;
  }),
  port: number(587, { min: 1, max: 65535, integer: true }),
  security: choice('starttls', securities),
  /** the server's own certificate authority in PEM form; empty for the usual ones */
  ca: setting('', check.certificates),
  /** false takes any certificate */
  verify: flag(true),
  /** s without an answer until the connection counts as dead */
  timeout: number(20, { min: 1, max: 600 }),
  /** how Netmon proves who it is: by a password, or by an access token of a provider */
  login: choice('password', logins),
  /** Microsoft's directory: its id or a domain */
  tenant: unchecked(''),
  /** of the application that is registered with the provider */
  clientId: unchecked(''),
  /** origin of another token server than the provider's; empty for that */
  tokenServer: setting('', checkTokenServer),
  /** what Netmon calls itself to the server; empty for this machine's name */
  ehloName: setting('', checkEhloName),
});

export const { defaults, read: checkSettings } = smtpSettings;
export type SmtpSettings = Values<typeof smtpSettings>;

/** What the user may have to log in with. */
export interface SmtpCredentials extends SignInSecrets {
  password?: string;
}

/** All of these are kept as credentials of Node-RED's. */
export const secretNames = [
  ...(['user', 'password', 'clientSecret', 'refreshToken', 'serviceKey'] as const),
] as const;

/** The port that a kind of encryption usually has (RFC 8314, RFC 6409, RFC 5321). */
export function usualPort(security: Security): number {
  return { tls: 465, starttls: 587, optional: 25, none: 25 }[security];
}

// A domain or an address in brackets (RFC 5321 section 4.1.1.1).
function checkEhloName(field: string, value: unknown): string {
  const name = typeof value === 'string' ? value.trim() : value;
  if (name === '') return '';
  const pattern = /^(?:[\p{L}\p{N}._-]+|\[(?:IPv6:)?[0-9A-Fa-f:.]+\])$/u;
  if (typeof name !== 'string' || name.length > 253 || !pattern.test(name)) {
    throw new FieldProblem(field, 'hostName', value);
  }
  return name;
}
