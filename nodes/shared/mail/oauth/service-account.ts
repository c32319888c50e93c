import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import * as check from '../../check.ts';
import { FieldProblem } from '../../problem.ts';

/** What a service account asks for. */
export interface Claim {
  scope: string;
  /** the mailbox that it acts for */
  subject: string;
  audience: string;
  /** ms since the Unix epoch */
  now: number;
}

/** s that an assertion holds; Google takes an hour at most */
const lifetime = 3600;

/**
 * The signed text by which a service account asks for a token (RFC 7523, RS256 of RFC 7518).
 * @param file the JSON file of its key, as Google gives it
 * @throws FieldProblem where that is none
 */
export function assertion(file: string, { scope, subject, audience, now }: Claim): string {
  const { email, key, keyId } = read(file);
  const issued = Math.floor(now / 1000);
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId !== undefined && { kid: keyId }) };
  const claims = {
    ...{ iss: email, sub: subject, scope, aud: audience },
    ...{ iat: issued, exp: issued + lifetime },
  };
  const text = [header, claims].map((part) => encoded(JSON.stringify(part))).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function read(file: string): { email: string; key: KeyObject; keyId: string | undefined } {
  try {
    const raw = check.object('serviceKey', JSON.parse(file));
    return {
      email: check.text('client_email', raw.client_email),
      // Its text has line breaks.
      key: createPrivateKey(String(raw.private_key)),
      keyId: typeof raw.private_key_id === 'string' ? raw.private_key_id : undefined,
    };
  } catch {
    // Whatever is wrong with it: nothing of a key belongs into a log.
    throw new FieldProblem('serviceKey', 'serviceKey', file === '' ? '' : '...');
  }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}
