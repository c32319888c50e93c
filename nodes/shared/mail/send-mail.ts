import { domainToASCII } from 'node:url';
import type { NodemailerError } from 'nodemailer';
import type { SmtpCredentials, SmtpSettings } from './smtp-settings.ts';
import { isFinal, replyOf, slowProblem, smtpProblem } from './smtp-problem.ts';

export type SmtpServer = SmtpSettings & SmtpCredentials;

/** The config node of a mail server, as the nodes that send through it see it. */
export interface MailServerNode {
  type: string;
  credentials: SmtpCredentials;
  /** How to reach the server. Throws the FieldProblem of a bad setting. */
  server(): SmtpServer;
}

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
  /** the one recipient that it goes to; all where left out */
  only?: string | undefined;
}

/** What the server said to a mail that it did not refuse for all recipients alike. */
export interface Receipt {
  accepted: string[];
  /** those that the server refused for good, and its replies */
  rejected: string[];
  refusals: string[];
  /** those that the server wants to be asked for later; left out where there are none */
  deferred?: { recipient: string; reply: string }[];
  messageId: string;
  response: string;
  subject: string;
}

/** ms that a whole mail may take, however busily the server talks. */
const mailLimit = 120_000;

/**
 * Sends one mail over a connection of its own: alerts are too rare to keep one open.
 * @param signal breaks the mail off; it then rejects with an AbortError
 * @param limit ms for all of it, for a server that is never silent for long but never ready either
 * @throws SmtpProblem that tells whether another try may help
 */
export async function sendMail(
  server: SmtpServer,
  mail: Mail,
  signal: AbortSignal,
  limit = Math.max(mailLimit, 2000 * server.timeout),
): Promise<Receipt> {
  const { createTransport } = await import('nodemailer');
  const wait = server.timeout * 1000;
  const transport = createTransport({
    host: server.host,
    port: server.port,
    ...(server.ehloName && { name: ehloName(server.ehloName) }),
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
  const { urgent, references, only, ...parts } = mail;
  const tooSlow = AbortSignal.timeout(limit);
  try {
    const sent = await transport.sendMail({
      ...parts,
      ...(references.length > 0 && { references, inReplyTo: references[0]! }),
      ...(only !== undefined && { envelope: { from: mail.from.address, to: [only] } }),
      ...(urgent && { priority: 'high' }),
      // RFC 3834: no out-of-office replies to an alert.
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: AbortSignal.any([signal, tooSlow]),
    });
    const { accepted, messageId, response } = sent;
    const { subject } = mail;
    return { accepted, ...refusals(sent.rejectedErrors), messageId, response, subject };
  } catch (error) {
    signal.throwIfAborted();
    if (tooSlow.aborted) throw slowProblem(server, limit, error);
    // Those refused for good are not to be asked for again with the others.
    const refused = refusals((error as NodemailerError).rejectedErrors);
    if (refused.deferred && refused.rejected.length > 0) {
      const { messageId, subject } = mail;
      return { accepted: [], ...refused, messageId, response: '', subject };
    }
    throw smtpProblem(error, server);
  } finally {
    transport.close();
  }
}

function refusals(errors: readonly NodemailerError[] = []) {
  const final = errors.filter(isFinal);
  const deferred = errors.filter((error) => !isFinal(error));
  const recipient = (error: NodemailerError) => error.recipient ?? '';
  return {
    rejected: final.map(recipient),
    refusals: final.map(replyOf),
    ...(deferred.length > 0 && {
      deferred: deferred.map((error) => ({ recipient: recipient(error), reply: replyOf(error) })),
    }),
  };
}

// RFC 5321 section 2.3.5: names on the wire are ASCII. An address in brackets is.
function ehloName(name: string): string {
  return name.startsWith('[') ? name : domainToASCII(name) || name;
}
