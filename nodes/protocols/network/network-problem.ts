import { Problem } from '../../shared/problem.ts';

const untrusted = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const unreachable = new Set([
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const lost = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/**
 * What went wrong with a connection or a request, in words. A `Problem` stays what it is.
 * @param host that was to be reached
 */
export function networkProblem(thrown: unknown, host: string): Problem {
  const error = first(thrown);
  if (error instanceof Problem) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = message.replace(/\s+/g, ' ').slice(0, 200);
  if (untrusted.has(code)) return new Problem('certificate', { reason });
  if (code === 'ECONNREFUSED') return new Problem('connectionRefused');
  if (code === 'ENOTFOUND') return new Problem('nameNotFound', { host });
  if (unreachable.has(code)) return new Problem('unreachable', { reason: code });
  if (lost.has(code)) return new Problem('connectionLost');
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return new Problem('notTls');
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
    // OpenSSL's message has its source files in it.
    return new Problem('tls', { reason: (error as { reason?: string }).reason ?? reason });
  if (code.startsWith('HPE_') || error.name === 'HTTPParserError')
    return new Problem('notHttp', { reason });
  return new Problem('request', { reason });
}

// A host with several addresses fails with one error for each.
function first(thrown: unknown): Error {
  if (thrown instanceof AggregateError) return first(thrown.errors[0]);
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
