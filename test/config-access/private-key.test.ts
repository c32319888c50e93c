import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { wrappedKey } from '../../nodes/config-access/private-key.ts';
import { keyPair } from '../support/ssh-device.ts';

describe('a private key that was typed in', () => {
  const { privateKey: encrypted } = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: {
      type: 'pkcs1',
      format: 'pem',
      cipher: 'aes-128-cbc',
      passphrase: 'phrase',
    },
  });
  const { privateKey: plain } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  it('gets back the line breaks that an input takes away', () => {
    for (const key of [encrypted, plain]) {
      for (const gone of ['', ' ']) assert.equal(wrappedKey(key.replaceAll('\n', gone)), key);
    }
    // OpenSSH has lines of 70 characters.
    const { private: key } = keyPair();
    const again = wrappedKey(key.replaceAll('\n', ''));
    assert.equal(again.replace(/\s/g, ''), key.replace(/\s/g, ''));
    assert.ok(again.split('\n').every((line) => line.length <= 64));
  });

  it('stays as it is where it has them, or is none', () => {
    assert.equal(wrappedKey(` ${plain}`), plain.trim());
    assert.equal(wrappedKey('no key'), 'no key');
    assert.equal(wrappedKey(''), '');
  });
});
