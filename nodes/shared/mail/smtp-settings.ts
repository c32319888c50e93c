import * as check from '../check.ts';
import { FieldProblem } from '../problem.ts';

/**
 * How the connection is encrypted: from its start, by STARTTLS or not at all, by STARTTLS where the
 * server offers it, or never.
 */
const securities = ['tls', 'starttls', 'optional', 'none'] as const;
export type Security = (typeof securities)[number];

/** How to reach a mail server. */
export interface SmtpSettings {
  host: string;
  port: number;
  security: Security;
  /** the server's own certificate authority in PEM form; empty for the usual ones */
  ca: string;
  /** false takes any certificate */
  verify: boolean;
  /** s without an answer until the connection counts as dead */
  timeout: number;
  /** what Netmon calls itself to the server; empty for this machine's name */
  ehloName: string;
}

/** What the user may have to log in with. */
export interface SmtpCredentials {
  user?: string;
  password?: string;
}

export const defaults: SmtpSettings = {
  host: '',
  port: 587,
  security: 'starttls',
  ca: '',
  verify: true,
  timeout: 20,
  ehloName: '',
};

/** The port that a kind of encryption usually has (RFC 8314, RFC 6409, RFC 5321). */
export function usualPort(security: Security): number {
  return { tls: 465, starttls: 587, optional: 25, none: 25 }[security];
}

const helo = /^(?:[\p{L}\p{N}._-]+|\[(?:IPv6:)?[0-9A-Fa-f:.]+\])$/u;

/** The check of each setting; each returns the value or throws a FieldProblem. */
export const checks = {
  host: (value: unknown) => {
    const host = check.text('host', value, { max: 253 });
    if (!/^[\p{L}\p{N}._:-]+$/u.test(host)) throw new FieldProblem('host', 'hostName', host);
    return host;
  },
  port: (value: unknown) => check.number('port', value, { min: 1, max: 65535, integer: true }),
  security: (value: unknown) => check.oneOf('security', value, securities),
  ca: (value: unknown) => check.certificates('ca', value),
  verify: (value: unknown) => check.boolean('verify', value),
  timeout: (value: unknown) => check.number('timeout', value, { min: 1, max: 600 }),
  // A domain or an address in brackets (RFC 5321 section 4.1.1.1).
  ehloName: (value: unknown) => {
    const name = typeof value === 'string' ? value.trim() : value;
    if (name === '') return '';
    if (typeof name !== 'string' || name.length > 253 || !helo.test(name))
      throw new FieldProblem('ehloName', 'hostName', value);
    return name;
  },
};

/** Takes unknown settings, as the editor or a test route gives them. Throws a FieldProblem. */
export function checkSettings(value: unknown): SmtpSettings {
  const raw = { ...defaults, ...check.object('server', value) };
  return {
    host: checks.host(raw.host),
    port: checks.port(raw.port),
    security: checks.security(raw.security),
    ca: checks.ca(raw.ca),
    verify: checks.verify(raw.verify),
    timeout: checks.timeout(raw.timeout),
    ehloName: checks.ehloName(raw.ehloName),
  };
}
