import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const bytes = { salt: 16, iv: 12, tag: 16 };

/** Encrypts a text so that only who knows the secret can read it (AES-256-GCM, its key by HKDF, RFC 5869). */
export function seal(text: string, secret: string): string {
  const [salt, iv] = [randomBytes(bytes.salt), randomBytes(bytes.iv)];
  const cipher = createCipheriv(algorithm, keyOf(secret, salt), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([salt, iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The text that was sealed with a secret; undefined where it was another one, or it was changed since. */
export function unseal(sealed: string, secret: string): string | undefined {
  const all = Buffer.from(sealed, 'base64');
  const salt = all.subarray(0, bytes.salt);
  const iv = all.subarray(bytes.salt, bytes.salt + bytes.iv);
  const begin = bytes.salt + bytes.iv + bytes.tag;
  try {
    const decipher = createDecipheriv(algorithm, keyOf(secret, salt), iv);
    decipher.setAuthTag(all.subarray(begin - bytes.tag, begin));
    return decipher.update(all.subarray(begin), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

function keyOf(secret: string, salt: Buffer): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, 'netmon refresh token', 32));
}
