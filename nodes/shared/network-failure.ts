/** What may go wrong with a connection, whatever is spoken on it. */
export type NetworkFailure =
  /** nobody listens there */
  | 'refused'
  /** the name has no address */
  | 'nameNotFound'
  /** the name servers did not tell its address */
  | 'unresolved'
  | 'unreachable'
  | 'timeout'
  /** it ended too early */
  | 'lost'
  /** the certificate is not trusted */
  | 'certificate'
  /** what answers speaks no TLS */
  | 'notTls'
  /** anything else about TLS */
  | 'tls';

/** The codes of the system, of Node's TLS (OpenSSL's names), and of undici and nodemailer. */
const codes: Readonly<Record<NetworkFailure, readonly string[]>> = {
  refused: ['ECONNREFUSED'],
  nameNotFound: ['ENOTFOUND'],
  unresolved: ['EAI_AGAIN', 'EDNS'],
  unreachable: ['EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH', 'EADDRNOTAVAIL'],
  timeout: ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'SOCKET_TIMEOUT'],
  lost: [
    ...['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ECONNECTION'],
    ...['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
  ],
  certificate: [
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
  ],
  notTls: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
  tls: ['EPROTO'],
};

const failures = new Map(
  Object.entries(codes).flatMap(([failure, list]) =>
    list.map((code) => [code, failure as NetworkFailure]),
  ),
);

/** What the code of an error means; undefined where it is not about the connection. */
export function networkFailure(code: string): NetworkFailure | undefined {
  return failures.get(code) ?? (/^ERR_(?:SSL|TLS)/.test(code) ? 'tls' : undefined);
}
