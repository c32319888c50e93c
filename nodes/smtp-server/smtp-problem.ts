import type { NodemailerError } from 'nodemailer';
import { Problem, type ProblemKey, type ProblemParams } from '../shared/problem.ts';

/** Why a mail server did not take a mail. */
export class SmtpProblem extends Problem {
  /** whether the same mail may go through later */
  readonly temporary: boolean;

  constructor(key: ProblemKey, params: ProblemParams, temporary: boolean, cause: unknown) {
    super(key, params, { cause });
    this.temporary = temporary;
  }
}

/**
 * What an error of nodemailer means to the user. Replies follow RFC 5321 section 4.2.1: 4xx is
 * temporary, 5xx is not. A network that fails is temporary; a certificate, TLS or login that does
 * not fit needs someone to mend the settings.
 */
export function smtpProblem(
  error: unknown,
  { host, port }: { host: string; port: number },
): SmtpProblem {
  const told = error as NodemailerError & { originalCode?: string };
  const server = `${host}:${port}`;
  const problem = (key: ProblemKey, temporary: boolean, params: ProblemParams = {}) =>
    new SmtpProblem(key, { server, ...params }, temporary, error);

  if (told.responseCode) return replyProblem(told, problem);
  // Node adds advice for its own command line behind a semicolon.
  const reason = (told.message ?? String(error)).split(';')[0]!;
  if (isAboutCertificate(told)) return problem('smtpCertificate', false, { reason });
  switch (told.originalCode ?? told.code) {
    case 'ECONNREFUSED':
      return problem('smtpRefused', true);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EDNS':
      return problem('smtpUnknownHost', true);
    case 'ETIMEDOUT':
    case 'SOCKET_TIMEOUT':
      return problem('smtpTimeout', true);
    case 'ECONNECTION':
    case 'ECONNRESET':
    case 'EPIPE':
      return problem('smtpClosed', true);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return problem('smtpUnreachable', true, { reason });
  }
  if (/SSL|TLS|PEM|EPROTO$/.test(`${told.originalCode ?? ''} ${told.code ?? ''} ${reason}`)) {
    return problem('smtpTls', false, { reason });
  }
  return problem('smtpOther', told.code === 'ESOCKET', { reason });
}

function replyProblem(
  told: NodemailerError,
  problem: (key: ProblemKey, temporary: boolean, params?: ProblemParams) => SmtpProblem,
): SmtpProblem {
  const code = told.responseCode!;
  const temporary = code < 500 || code === 503;
  const reply = told.response ?? String(code);
  if (told.command === 'STARTTLS') return problem('smtpNoStarttls', temporary);
  if (told.code === 'EAUTH') return problem('smtpLogin', temporary, { reply });
  const refused = told.command === 'RCPT TO';
  return problem(refused ? 'smtpRecipients' : 'smtpReply', temporary, { reply });
}

// Where STARTTLS fails, nodemailer keeps OpenSSL's words but not its code.
function isAboutCertificate(error: NodemailerError & { originalCode?: string }): boolean {
  return /CERT|altnames/i.test(`${error.originalCode ?? ''} ${error.message}`);
}
