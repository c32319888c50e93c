import type { SmtpCredentials, SmtpSettings } from './config.ts';
import { smtpProblem } from './smtp-problem.ts';

export type SmtpServer = SmtpSettings & SmtpCredentials;

export interface Address {
  name: string;
  address: string;
}

/** A mail, ready to be sent. The ids are with their angle brackets. */
export interface Mail {
  from: Address;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** the mails that this one follows, oldest first */
  references: string[];
  urgent: boolean;
}

/** What the server said to a mail that it took for at least one recipient. */
export interface Receipt {
  accepted: string[];
  rejected: string[];
  /** the server's replies that refused recipients */
  refusals: string[];
  messageId: string;
  response: string;
  subject: string;
}

/**
 * Sends one mail over a connection of its own: alerts are too rare to keep one open.
 * @param signal breaks the mail off; it then rejects with an AbortError
 * @throws SmtpProblem that tells whether another try may help
 */
export async function sendMail(
  server: SmtpServer,
  mail: Mail,
  signal: AbortSignal,
): Promise<Receipt> {
  const { createTransport } = await import('nodemailer');
  const wait = server.timeout * 1000;
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    tls: { rejectUnauthorized: server.verify, ...(server.ca && { ca: server.ca }) },
    ...(server.user && { auth: { user: server.user, pass: server.password ?? '' } }),
    dnsTimeout: wait,
    connectionTimeout: wait,
    greetingTimeout: wait,
    socketTimeout: wait,
    socketCloseTimeout: 1000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { urgent, references, ...parts } = mail;
  try {
    const sent = await transport.sendMail({
      ...parts,
      ...(references.length > 0 && { references, inReplyTo: references[0]! }),
      ...(urgent && { priority: 'high' }),
      // RFC 3834: no out-of-office replies to an alert.
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal,
    });
    return {
      accepted: sent.accepted,
      rejected: sent.rejected,
      refusals: (sent.rejectedErrors ?? []).map((error) => error.response ?? error.message),
      messageId: sent.messageId,
      response: sent.response,
      subject: mail.subject,
    };
  } catch (error) {
    signal.throwIfAborted();
    throw smtpProblem(error, server);
  } finally {
    transport.close();
  }
}
