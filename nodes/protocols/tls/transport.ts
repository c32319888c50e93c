import type { Problem } from '../../shared/problem.ts';
import type { TlsFields } from './fields.ts';

/** What a certificate check needs. */
export interface TlsNetwork {
  /** ms since the Unix epoch */
  now(): number;
  tls(target: TlsTarget, signal: AbortSignal): Promise<TlsReply>;
}

export interface TlsTarget {
  host: string;
  port: number;
  /** what the server speaks before TLS begins */
  starttls?: TlsFields['starttls'];
  /** the only certificates trusted, in PEM form; those of the system where there are none */
  ca?: string;
  /** whether TLS 1.0 and 1.1, and what is as weak, are taken too */
  oldTls?: boolean;
}

export interface TlsReply {
  /** ms since the Unix epoch: when the first certificate of the chain ends */
  validTo: number;
  /** the name in that certificate, unless it is the server's own */
  subject?: string;
  /** why the certificate is not trusted */
  problem?: Problem;
  /** ms until the handshake was complete */
  duration: number;
}
