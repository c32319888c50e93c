import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

// AES-256-GCM (NIST SP 800-38D): a nonce of 12 bytes, a tag of 16, then what is sealed.
const [nonceLength, tagLength] = [12, 16];
const cipher = 'aes-256-gcm';

/** A key that is made of a secret, for one use of it (RFC 5869). */
export function derivedKey(secret: string, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'netmon', use, 32));
}

/** Encrypts bytes so that nobody without the key reads or changes them. @param key 32 bytes */
export function seal(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const sealing = createCipheriv(cipher, key, nonce);
  const data = [sealing.update(bytes), sealing.final()];
  return Buffer.concat([nonce, sealing.getAuthTag(), ...data]);
}

/** What was sealed; undefined where the key is another one, or something was changed. */
export function unseal(sealed: Uint8Array, key: Uint8Array): Uint8Array | undefined {
  try {
    const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    opening.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
    const data = opening.update(sealed.subarray(nonceLength + tagLength));
    return Buffer.concat([data, opening.final()]);
  } catch {
    return undefined;
  }
}
