import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Problem } from '../../shared/problem.ts';
import type { StarttlsProtocol } from './fields.ts';

/** bytes that a server may say before TLS begins */
const maxDialogue = 16_384;

/**
 * Asks a server that speaks another protocol first to go over to TLS. Resolves once it has agreed; the
 * socket's next bytes are those of the handshake. Rejects with a Problem where it refuses.
 */
export async function askForTls(socket: Socket, protocol: StarttlsProtocol): Promise<void> {
  const dialogue = new Dialogue(socket);
  await asks[protocol](dialogue, socket);
  dialogue.end();
}

const asks: Readonly<
  Record<StarttlsProtocol, (dialogue: Dialogue, socket: Socket) => Promise<void>>
> = {
  // RFC 3207; an address stands for the name that a client without one has (RFC 5321, 4.1.3).
  async smtp(dialogue, { localAddress = '127.0.0.1' }) {
    await dialogue.reply(/^220/);
    const literal = localAddress.includes(':') ? `IPv6:${localAddress}` : localAddress;
    dialogue.say(`EHLO [${literal}]`);
    await dialogue.reply(/^250/);
    dialogue.say('STARTTLS');
    await dialogue.reply(/^220/);
  },
  // RFC 9051, 6.2.1
  async imap(dialogue) {
    await dialogue.line(/^\* (?:OK|PREAUTH)\b/i);
    dialogue.say('a STARTTLS');
    // Untagged lines may come before the answer.
    let line: string;
    do line = await dialogue.line(/^(?:\* |a OK\b)/i);
    while (line.startsWith('*'));
  },
  // RFC 2595, 4
  async pop3(dialogue) {
    await dialogue.line(/^\+OK/);
    dialogue.say('STLS');
    await dialogue.line(/^\+OK/);
  },
  // RFC 4217, 4
  async ftp(dialogue) {
    await dialogue.reply(/^220/);
    dialogue.say('AUTH TLS');
    await dialogue.reply(/^234/);
  },
  // RFC 4511, 4.14: an extended request by its OID; the answer's result code must be success (0).
  async ldap(dialogue) {
    const oid = Buffer.from('1.3.6.1.4.1.1466.20037');
    const request = [0x77, oid.length + 2, 0x80, oid.length, ...oid];
    dialogue.write(Buffer.from([0x30, request.length + 3, 2, 1, 1, ...request]));
    const [, shortLength] = await dialogue.bytes(2);
    const length =
      shortLength! < 0x80 ? shortLength! : longLength(await dialogue.bytes(shortLength! & 0x7f));
    const answer = await dialogue.bytes(length);
    const code = answer.indexOf(Buffer.from([0x0a, 1]));
    if (answer[3] !== 0x78 || code < 0) throw notOffered(answer.toString('latin1'));
    if (answer[code + 2] !== 0) throw notOffered(`LDAP result ${answer[code + 2]}`);
  },
  // PostgreSQL's frontend/backend protocol, SSLRequest
  async postgresql(dialogue) {
    dialogue.write(Buffer.from([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f]));
    const answer = await dialogue.bytes(1);
    if (answer[0] !== 0x53) throw notOffered(answer.toString('latin1'));
  },
};

function longLength(bytes: Buffer): number {
  if (bytes.length === 0 || bytes.length > 3) throw notOffered(bytes.toString('latin1'));
  return bytes.readUIntBE(0, bytes.length);
}

function notOffered(answer: string): Problem {
  const shown = answer
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 200);
  return new Problem('noStarttls', { answer: shown });
}

/** What is said on a socket, by lines or bytes. What comes too early is not read, but refused at the end. */
class Dialogue {
  readonly #socket: Socket;
  #heard = Buffer.alloc(0);
  #total = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  say(line: string): void {
    this.#socket.write(`${line}\r\n`);
  }

  write(data: Buffer): void {
    this.#socket.write(data);
  }

  /** The next line. Rejects where it is another than wanted. */
  async line(wanted: RegExp): Promise<string> {
    let end: number;
    while ((end = this.#heard.indexOf(0x0a)) < 0) await this.#hear();
    const line = this.#take(end + 1)
      .toString('latin1')
      .trimEnd();
    if (!wanted.test(line)) throw notOffered(line);
    return line;
  }

  /** The next reply of several lines, of which all but the last have a hyphen after the code. */
  async reply(wanted: RegExp): Promise<void> {
    while (/^\d{3}-/.test(await this.line(wanted)));
  }

  async bytes(count: number): Promise<Buffer> {
    if (count > maxDialogue) throw notOffered('');
    while (this.#heard.length < count) await this.#hear();
    return this.#take(count);
  }

  /** What came before TLS began, and in the clear, must not be taken for what comes inside it. */
  end(): void {
    if (this.#heard.length > 0) throw notOffered(this.#heard.toString('latin1'));
  }

  #take(count: number): Buffer {
    const taken = this.#heard.subarray(0, count);
    this.#heard = this.#heard.subarray(count);
    return taken;
  }

  async #hear(): Promise<void> {
    let chunk: Buffer | null;
    while ((chunk = this.#socket.read() as Buffer | null) === null) {
      if (this.#socket.readableEnded || this.#socket.destroyed) {
        throw Object.assign(new Error('closed'), { code: 'ECONNRESET' });
      }
      const heard = new AbortController();
      const next = (event: string) => once(this.#socket, event, { signal: heard.signal });
      await Promise.race([next('readable'), next('end')]).finally(() => heard.abort());
    }
    this.#total += chunk.length;
    if (this.#total > maxDialogue) throw notOffered('');
    this.#heard = Buffer.concat([this.#heard, chunk]);
  }
}
