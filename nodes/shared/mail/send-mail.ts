import { domainToASCII } from 'node:url';
import type { NodemailerError, SMTPTransportOptions } from 'nodemailer';
import {
  isFinal,
  isSmtpProblem,
  replyOf,
  slowProblem,
  SmtpProblem,
  smtpProblem,
} from './smtp-problem.ts';
import type { SmtpCredentials, SmtpSettings } from './smtp-settings.ts';

export type SmtpServer = SmtpSettings &
  SmtpCredentials & {
    /**
     * gives the access token to log in with in the place of a password
     * @param renew whether the server refused the last one
     */
    token?: (renew: boolean, signal: AbortSignal) => Promise<string>;
  };

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
  /** PNG files that the HTML shows by `cid:` */
  pictures?: readonly { cid: string; png: Buffer }[];
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
  const options: SMTPTransportOptions = {
    host: server.host,
    port: server.port,
    ...(server.ehloName && { name: ehloName(server.ehloName) }),
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    tls: { rejectUnauthorized: server.verify, ...(server.ca && { ca: server.ca }) },
    ...(server.user && { auth: login(server) }),
    dnsTimeout: wait,
    connectionTimeout: wait,
    greetingTimeout: wait,
    socketTimeout: wait,
    socketCloseTimeout: 1000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transport = createTransport(options);
  const { urgent, references, only, pictures = [], ...parts } = mail;
  const tooSlow = AbortSignal.timeout(limit);
  const ended = AbortSignal.any([signal, tooSlow]);
  let noToken: unknown;
  const { token } = server;
  if (token) {
    transport.set('oauth2_provision_cb', (_user, renew, give) => {
      token(renew, ended).then(
        (text) => give(null, text),
        (error: unknown) => {
          noToken = error;
          give(error as Error);
        },
      );
    });
  }
  try {
    const sent = await transport.sendMail({
      ...parts,
      ...(references.length > 0 && { references, inReplyTo: references[0]! }),
      ...(only !== undefined && { envelope: { from: mail.from.address, to: [only] } }),
      ...(urgent && { priority: 'high' }),
      // RFC 3834: no out-of-office replies to an alert.
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...(pictures.length > 0 && { attachments: pictures.map(attachment) }),
      signal: ended,
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
    throw noToken instanceof Error ? tokenFailure(noToken) : smtpProblem(error, server);
  } finally {
    transport.close();
  }
}

function login({ user, password, token }: SmtpServer): NonNullable<SMTPTransportOptions['auth']> {
  return { user, ...(token ? { type: 'OAuth2' } : { pass: password ?? '' }) };
}

// A setting may be mended while the mail waits.
function tokenFailure(error: Error): SmtpProblem {
  if (isSmtpProblem(error)) return error;
  return new SmtpProblem('mailServerSettings', {}, true, error, { needsMending: true });
}

function attachment({ cid, png }: { cid: string; png: Buffer }) {
  return {
    cid,
    filename: `${cid.split('@')[0]}.png`,
    content: png,
    contentType: 'image/png',
    contentDisposition: 'inline' as const,
  };
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
