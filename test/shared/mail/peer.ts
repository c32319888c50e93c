import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { defaults, type SmtpSettings } from '../../../nodes/shared/mail/smtp-settings.ts';

const tls = (name: string) =>
  readFileSync(new URL(`../../support/tls/${name}.pem`, import.meta.url), 'utf8');
export const ca = tls('ca');

/** A mail as it arrived: with its envelope, which alone knows of blind copies. */
interface Arrived extends ParsedMail {
  raw: string;
  envelope: { from: string; to: string[] };
}

/** A real mail server on the loopback interface that keeps what arrives. */
export interface Peer {
  settings: SmtpSettings;
  mails: Arrived[];
  /** resolves once so many mails have arrived */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a mail server with a certificate of {@link ca}; `before` may refuse a mail once its data is in. */
export async function startPeer(
  options: SMTPServerOptions = {},
  before: (count: number) => Promise<void> | void = () => {},
): Promise<Peer> {
  const mails: Arrived[] = [];
  let data = 0;
  let waiting: { count: number; resolve: () => void }[] = [];
  const server = new SMTPServer({
    key: tls('key'),
    cert: tls('server'),
    authOptional: true,
    disabledCommands: options.onAuth ? [] : ['AUTH'],
    onData(stream, session, callback) {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        await before(data++);
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          ...(await simpleParser(raw)),
          raw: raw.toString(),
          envelope: {
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map((to) => to.address),
          },
        });
      })().then(() => {
        callback(null, 'kept');
        for (const w of waiting) if (mails.length >= w.count) w.resolve();
        waiting = waiting.filter((w) => mails.length < w.count);
      }, callback);
    },
    ...options,
  });
  // Clients that break off are part of the tests.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    settings: { ...defaults, host: '127.0.0.1', port, security: 'none', timeout: 5 },
    mails,
    arrived: (count) =>
      new Promise((resolve) => {
        if (mails.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () =>
      new Promise((resolve) => {
        for (const connection of server.connections) connection.close();
        server.close(() => resolve());
      }),
  };
}

/** An error that makes the server answer with this reply. */
export function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
