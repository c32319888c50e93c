import assert from 'node:assert/strict';
import { networkFailure } from '../../nodes/shared/network-failure.ts';

describe('networkFailure', () => {
  for (const [code, failure] of [
    ['ECONNREFUSED', 'refused'],
    ['EAI_AGAIN', 'unresolved'],
    ['EHOSTDOWN', 'unreachable'],
    ['UND_ERR_SOCKET', 'lost'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'notTls'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls'],
    ['EPROTO', 'tls'],
    ['ENOENT', undefined],
    ['', undefined],
  ] as const) {
    it(`takes ${code || 'none'} for ${failure ?? 'nothing of the network'}`, () => {
      assert.equal(networkFailure(code), failure);
    });
  }
});
