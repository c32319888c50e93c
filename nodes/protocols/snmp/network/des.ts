import { createCipheriv, createDecipheriv, getCiphers, randomBytes } from 'node:crypto';
import type snmp from 'net-snmp';

type Signing = Exclude<snmp.AuthProtocols, snmp.AuthProtocols.none>;

/**
 * Lets net-snmp speak DES where OpenSSL has none any more, as from its version 3 on: Triple DES with
 * the same key three times is DES. Done once for a process.
 */
export function restoreDes({ Authentication, Encryption, PrivProtocols }: typeof snmp): void {
  if (getCiphers().includes('des-cbc')) return;
  type Algorithm = (typeof Encryption.algorithms)[typeof PrivProtocols.des];
  const algorithm: Algorithm = Encryption.algorithms[PrivProtocols.des];

  // RFC 3414, 8.1.1.1: the second half of the localized key hides the salt.
  const secrets = (auth: snmp.AuthProtocols, passphrase: string, engine: unknown, salt: Buffer) => {
    const { engineID } = engine as { engineID: Buffer };
    const localized = Authentication.passwordToKey(auth as Signing, passphrase, engineID);
    const key = localized.subarray(0, 8);
    const iv = localized.subarray(8, 16).map((byte, i) => byte ^ salt[i]!);
    return [Buffer.concat([key, key, key]), iv] as const;
  };

  algorithm.encryptPdu = (pdu, _, passphrase, authProtocol, engine) => {
    const salt = Buffer.concat([Buffer.from([0, 0, 0, 1]), randomBytes(4)]);
    const cipher = createCipheriv(
      'des-ede3-cbc',
      ...secrets(authProtocol, passphrase, engine, salt),
    );
    const padding = Buffer.alloc((8 - (pdu.length % 8)) % 8);
    cipher.setAutoPadding(false);
    const encryptedPdu = Buffer.concat([
      cipher.update(pdu),
      cipher.update(padding),
      cipher.final(),
    ]);
    return { encryptedPdu, msgPrivacyParameters: salt };
  };

  algorithm.decryptPdu = (pdu, _, salt, passphrase, authProtocol, engine) => {
    const keys = secrets(authProtocol, passphrase, engine, salt);
    const decipher = createDecipheriv('des-ede3-cbc', ...keys);
    decipher.setAutoPadding(false);
    return Buffer.concat([decipher.update(pdu), decipher.final()]);
  };
}
