import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { firstToEnd } from '../../../nodes/protocols/tls/chain.ts';
import { tlsNetwork } from '../../../nodes/protocols/tls/network.ts';

const pem = (name: string) =>
  readFileSync(new URL(`../../support/tls/chain/${name}.pem`, import.meta.url), 'utf8');
const certificate = (name: string) => new X509Certificate(pem(name));
const endOf = (name: string) => Date.parse(certificate(name).validTo);

describe('firstToEnd', () => {
  // The leaf outlives the intermediate, and the cross-signed root has ended.
  for (const [name, sent, trusted, expected] of [
    ['the server alone', ['leaf'], ['root'], 'leaf'],
    ['an authority above it that ends before', ['leaf', 'intermediate'], ['root'], 'intermediate'],
    ['those sent in any order', ['leaf', 'root', 'intermediate'], ['root'], 'intermediate'],
    [
      'not what is sent beyond the trusted root',
      ['leaf', 'intermediate', 'cross'],
      ['root'],
      'intermediate',
    ],
    ['what leads to the only trusted root', ['leaf', 'intermediate', 'cross'], ['old'], 'cross'],
    [
      'not what an own authority makes needless',
      ['leaf', 'intermediate'],
      ['intermediate'],
      'leaf',
    ],
    ['all of a chain that nobody trusts', ['leaf', 'intermediate', 'cross', 'old'], [], 'cross'],
    ['a root of its own', ['root'], [], 'root'],
  ] as const) {
    it(`finds ${name}`, () => {
      const { validTo, subject } = firstToEnd(sent.map(certificate), trusted.map(certificate));
      assert.equal(validTo, endOf(expected));
      assert.equal(
        subject,
        { leaf: undefined, intermediate: 'Intermediate', cross: 'Root', root: undefined }[expected],
      );
    });
  }
});

describe('A TLS server', () => {
  it('is known by the first certificate of its chain to end', async () => {
    const server = createServer({
      key: pem('leaf-key'),
      cert: pem('leaf') + pem('intermediate') + pem('cross'),
    });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const reply = await tlsNetwork.tls(
      { host: '127.0.0.1', port, ca: pem('root') },
      new AbortController().signal,
    );
    assert.equal(reply.problem, undefined);
    assert.equal(reply.validTo, endOf('intermediate'));
    assert.equal(reply.subject, 'Intermediate');
    server.close();
  });
});
