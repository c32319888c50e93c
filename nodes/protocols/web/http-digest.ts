import { createHash, randomBytes } from 'node:crypto';
import type { HttpLogin } from './transport.ts';

// RFC 7616, HTTP Digest Access Authentication; without qop, RFC 2069.

const hashes: Readonly<Record<string, string>> = {
  md5: 'md5',
  'sha-256': 'sha256',
  'sha-512-256': 'sha512-256',
};

/** What a server asks for. */
interface Challenge {
  realm: string;
  nonce: string;
  opaque?: string;
  /** as the server writes it, to be sent back */
  algorithm?: string;
  /** its name in node:crypto */
  hash: string;
  /** whether the first hash has the nonces in it (`-sess`) */
  session: boolean;
  qop?: 'auth' | 'auth-int';
  userhash: boolean;
  utf8: boolean;
  /** only the nonce was too old: user and password may be right */
  stale: boolean;
}

/** A server's challenge in use: each request with its nonce has the next number. */
interface Session {
  challenge: Challenge;
  count: number;
}

/** Logs in to any number of servers with one user and password, each as it asks. */
export class DigestLogin implements HttpLogin {
  readonly #user: string;
  readonly #password: string;
  readonly #cnonce: () => string;
  readonly #sessions = new Map<string, Session>();

  /** @param cnonce makes the client's own random nonces */
  constructor(
    user: string,
    password: string,
    cnonce = () => randomBytes(16).toString('base64url'),
  ) {
    this.#user = user;
    this.#password = password;
    this.#cnonce = cnonce;
  }

  authorization({ method, url, body = '' }: Parameters<HttpLogin['authorization']>[0]) {
    const session = this.#sessions.get(url.origin);
    if (!session) return undefined;
    session.count++;
    const { challenge } = session;
    const { realm, nonce, opaque, algorithm, qop, utf8 } = challenge;
    const hash = (...parts: string[]) =>
      createHash(challenge.hash).update(parts.join(':')).digest('hex');
    const cnonce = this.#cnonce();
    const nc = session.count.toString(16).padStart(8, '0');
    const uri = url.pathname + url.search;
    const secret = hash(this.#user, realm, this.#password);
    const first = challenge.session ? hash(secret, nonce, cnonce) : secret;
    const second = qop === 'auth-int' ? hash(method, uri, hash(body)) : hash(method, uri);
    const response = qop ? hash(first, nonce, nc, cnonce, qop, second) : hash(first, nonce, second);
    const user = challenge.userhash ? hash(this.#user, realm) : this.#user;
    const fields = [
      utf8 && /[^\x20-\x7e]/.test(user)
        ? `username*=UTF-8''${extended(user)}`
        : `username=${quoted(user)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
      `response="${response}"`,
      ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
      ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
      ...(qop ? [`qop=${qop}`, `nc=${nc}`] : []),
      ...(qop || challenge.session ? [`cnonce=${quoted(cnonce)}`] : []),
      ...(challenge.userhash ? ['userhash=true'] : []),
    ];
    return `Digest ${fields.join(', ')}`;
  }

  challenged(origin: string, header: string): { stale: boolean } | undefined {
    // RFC 7616, 3.7: the server lists what it likes best first.
    const challenge = digestChallenges(header)[0];
    if (!challenge) return undefined;
    this.#sessions.set(origin, { challenge, count: 0 });
    return { stale: challenge.stale };
  }

  accepted(origin: string, info: string): void {
    const session = this.#sessions.get(origin);
    const nonce = parameters(info).get('nextnonce');
    if (!session || nonce === undefined) return;
    this.#sessions.set(origin, { challenge: { ...session.challenge, nonce }, count: 0 });
  }

  refused(origin: string): void {
    this.#sessions.delete(origin);
  }
}

/** Whether a server asks for a login by a scheme: "digest" or "basic". */
export function asksFor(scheme: string, header: string): boolean {
  return challengesOf(header).some((challenge) => challenge.scheme === scheme);
}

function digestChallenges(header: string): Challenge[] {
  return challengesOf(header).flatMap(({ scheme, fields }) => {
    const nonce = fields.get('nonce');
    const algorithm = fields.get('algorithm');
    const [, name = '', session] = /^(.*?)(-sess)?$/.exec((algorithm ?? 'md5').toLowerCase()) ?? [];
    const offered = fields
      .get('qop')
      ?.toLowerCase()
      .split(/[\s,]+/);
    const qop = (['auth', 'auth-int'] as const).find((one) => offered?.includes(one));
    const known = scheme === 'digest' && nonce !== undefined && Object.hasOwn(hashes, name);
    if (!known || (offered && offered.join('') !== '' && !qop)) return [];
    const opaque = fields.get('opaque');
    const is = (field: string, word: string) => fields.get(field)?.toLowerCase() === word;
    return [
      {
        realm: fields.get('realm') ?? '',
        nonce,
        ...(opaque !== undefined && { opaque }),
        ...(algorithm !== undefined && { algorithm }),
        hash: hashes[name]!,
        session: session !== undefined,
        ...(qop && { qop }),
        userhash: is('userhash', 'true'),
        utf8: is('charset', 'utf-8'),
        stale: is('stale', 'true'),
      },
    ];
  });
}

interface RawChallenge {
  scheme: string;
  fields: Map<string, string>;
}

// A word, perhaps with a value: RFC 9110, 11.2. A word without one begins a challenge.
const word = /([\w!#$%&'*+.^`|~-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

/** The challenges of a header `www-authenticate`, of which several may be joined by commas. */
function challengesOf(header: string): RawChallenge[] {
  const challenges: RawChallenge[] = [];
  for (const [, name = '', inQuotes, plain] of header.slice(0, 10_000).matchAll(word)) {
    const value = inQuotes?.replace(/\\(.)/g, '$1') ?? plain;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), fields: new Map() });
    else challenges.at(-1)?.fields.set(name.toLowerCase(), value);
  }
  return challenges;
}

function parameters(header: string): Map<string, string> {
  return challengesOf(`info ${header}`)[0]!.fields;
}

// A header carries bytes, one a character: here those of UTF-8.
function quoted(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  return `"${bytes.replace(/["\\]/g, '\\$&')}"`;
}

// RFC 8187, 3.2.1.
function extended(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
