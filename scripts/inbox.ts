import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came: parsed, as sent, and the file that keeps it. */
export interface Mail extends ParsedMail {
  raw: Buffer;
  file?: string;
}

export interface InboxOptions {
  /** keeps each mail there as an .eml file */
  directory?: string;
  onMail?: (mail: Mail) => void;
  /** 0, as by default, takes a free port */
  port?: number;
  /** over the defaults: plain text, no login */
  server?: SMTPServerOptions;
}

/** An SMTP server on 127.0.0.1 that takes every mail and hands none on. */
export class Inbox {
  readonly mails: Mail[] = [];
  readonly port: number;
  readonly #server: SMTPServer;
  readonly #waiting = new Set<() => void>();

  private constructor(server: SMTPServer, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async open(options: InboxOptions = {}): Promise<Inbox> {
    if (options.directory) await mkdir(options.directory, { recursive: true });
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      ...options.server,
      onData: (stream, _session, done) => {
        buffer(stream)
          .then((raw) => inbox.#keep(raw, options))
          .then(
            () => done(),
            (error: unknown) => done(error as Error),
          );
      },
    });
    // A client that breaks off is its own matter.
    server.on('error', () => {});
    const listening = server.listen(options.port ?? 0, '127.0.0.1');
    await once(listening, 'listening');
    const inbox = new Inbox(server, (listening.address() as AddressInfo).port);
    return inbox;
  }

  /** Resolves with all mails once there are `count` of them. */
  async received(count: number, { seconds = 30 } = {}): Promise<Mail[]> {
    const deadline = AbortSignal.timeout(seconds * 1000);
    while (this.mails.length < count) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.add(resolve);
        deadline.addEventListener('abort', () =>
          reject(new Error(`${this.mails.length} of ${count} mails came in ${seconds} s`)),
        );
      });
    }
    return this.mails;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #keep(raw: Buffer, { directory, onMail }: InboxOptions) {
    const mail: Mail = { ...(await simpleParser(raw)), raw };
    if (directory) {
      mail.file = join(directory, `${fileName(mail)}.eml`);
      await writeFile(mail.file, raw);
    }
    this.mails.push(mail);
    onMail?.(mail);
    for (const tell of this.#waiting) tell();
    this.#waiting.clear();
  }
}

let count = 0;

// Sorted by time, and readable: 2026-11-22T15-08-03.120Z-1-CPU-usage-of-host-is-93.
function fileName(mail: ParsedMail): string {
  const time = new Date().toISOString().replaceAll(':', '-');
  const subject = (mail.subject ?? '').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  return `${time}-${++count}-${subject}`.replace(/-+$/, '');
}
