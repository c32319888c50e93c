import type { NodemailerError } from 'nodemailer';
import { type NetworkFailure, networkFailure } from '../network-failure.ts';
import { isProblem, Problem, type ProblemKey, type ProblemParams } from '../problem.ts';
import { oneLine } from '../text.ts';

/** What else there is to know about an {@link SmtpProblem}. */
interface Nature {
  /** whether it is about this mail alone, or any other would have met it too */
  scope?: 'server' | 'mail';
  /** whether it is likely to stay until someone changes settings, here or at the server */
  needsMending?: boolean;
}

/** Why a mail server did not take a mail. */
export class SmtpProblem extends Problem {
  /** whether the same mail may go through later */
  readonly temporary: boolean;
  readonly scope: 'server' | 'mail';
  readonly needsMending: boolean;

  constructor(
    key: ProblemKey,
    params: ProblemParams,
    temporary: boolean,
    cause: unknown,
    { scope = 'server', needsMending = false }: Nature = {},
  ) {
    super(key, params, { cause });
    this.temporary = temporary;
    this.scope = scope;
    this.needsMending = needsMending;
  }
}

/** Whether an error is an {@link SmtpProblem}, also one of another node's file: see {@link isProblem}. */
export function isSmtpProblem(error: unknown): error is SmtpProblem {
  return isProblem(error) && 'temporary' in error && 'needsMending' in error;
}

/**
 * What an error of nodemailer means to the user. Only what the server says to a recipient or to the data
 * can be final; certificates, logins and greetings can be mended while the mail waits.
 */
export function smtpProblem(
  error: unknown,
  { host, port, token }: { host: string; port: number; token?: unknown },
): SmtpProblem {
  const told = error as NodemailerError & { originalCode?: string };
  const server = `${host}:${port}`;
  const problem = (key: ProblemKey, params: ProblemParams = {}, nature: Nature = {}) =>
    new SmtpProblem(key, { server, ...params }, !isFinal(told), error, nature);

  if (told.responseCode) return replyProblem(told, problem, token !== undefined);
  // Node adds advice for its own command line behind a semicolon.
  const reason = oneLine((told.message ?? String(error)).split(';')[0]!);
  const failure = tlsFailure(told) ?? networkFailure(told.originalCode ?? told.code ?? '');
  if (failure === undefined) return problem('smtpOther', { reason });
  const isTls = ['certificate', 'notTls', 'tls'].includes(failure);
  return problem(keys[failure], { reason }, { needsMending: isTls });
}

const keys: Readonly<Record<NetworkFailure, ProblemKey>> = {
  refused: 'smtpRefused',
  nameNotFound: 'smtpUnknownHost',
  unresolved: 'smtpUnknownHost',
  unreachable: 'smtpUnreachable',
  timeout: 'smtpTimeout',
  lost: 'smtpClosed',
  certificate: 'smtpCertificate',
  notTls: 'smtpTls',
  tls: 'smtpTls',
};

/** The problem of a mail that took longer than `limit` ms in all. */
export function slowProblem(
  { host, port }: { host: string; port: number },
  limit: number,
  cause: unknown,
): SmtpProblem {
  return new SmtpProblem(
    'smtpSlow',
    { server: `${host}:${port}`, seconds: limit / 1000 },
    true,
    cause,
  );
}

/**
 * Whether a reply refuses a recipient or the data for good: 5xx (RFC 5321 section 4.2.1), except 503,
 * which is about the commands before it.
 */
export function isFinal({ command, responseCode }: NodemailerError): boolean {
  return (
    isAboutMail(command) &&
    responseCode !== undefined &&
    responseCode >= 500 &&
    responseCode <= 599 &&
    responseCode !== 503
  );
}

/** What the server said, in an error of nodemailer. */
export function replyOf(error: NodemailerError): string {
  return error.response ?? error.message;
}

function isAboutMail(command: string | undefined): boolean {
  return command === 'RCPT TO' || command === 'DATA';
}

function replyProblem(
  told: NodemailerError,
  problem: (key: ProblemKey, params: ProblemParams, nature: Nature) => SmtpProblem,
  byToken: boolean,
): SmtpProblem {
  const reply = told.response ?? String(told.responseCode);
  const needsMending = told.responseCode! >= 500;
  const { command } = told;
  if (command === 'STARTTLS') return problem('smtpNoStarttls', {}, { needsMending });
  if (told.code === 'EAUTH') {
    return problem(byToken ? 'smtpToken' : 'smtpLogin', { reply }, { needsMending });
  }
  const key = command === 'RCPT TO' ? 'smtpRecipients' : 'smtpReply';
  if (isAboutMail(command)) return problem(key, { reply }, { scope: 'mail' });
  return problem(key, { reply }, { needsMending });
}

// Where STARTTLS fails, nodemailer keeps OpenSSL's words but not its code.
function tlsFailure(error: NodemailerError & { originalCode?: string }) {
  const { originalCode = '', code = '', message } = error;
  if (/CERT|altnames/i.test(`${originalCode} ${message}`)) return 'certificate';
  if (networkFailure(originalCode || code) !== undefined) return undefined;
  return /SSL|TLS|PEM/.test(`${code} ${message}`) ? 'tls' : undefined;
}
