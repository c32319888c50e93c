import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect, type DetailedPeerCertificate, rootCertificates, type TLSSocket } from 'node:tls';
import { Problem } from '../../shared/problem.ts';
import { oldTlsOptions, oldTlsProblem } from '../network/old-tls.ts';
import { firstToEnd } from './chain.ts';
import { askForTls } from './starttls.ts';
import type { TlsNetwork, TlsReply, TlsTarget } from './transport.ts';

/** TLS of this machine. */
export const tlsNetwork: TlsNetwork = { now: Date.now, tls };

/**
 * Shakes hands with a TLS server and ends the connection, whether its certificate is trusted or not. A
 * server that speaks another protocol first is asked to go over to TLS.
 */
async function tls(target: TlsTarget, signal: AbortSignal): Promise<TlsReply> {
  const { host, port, starttls = 'none', oldTls = false } = target;
  signal.throwIfAborted();
  const socket = connectTcp({ host, port });
  const abort = () => socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  let began = performance.now();
  // The look-up of the name does not count.
  socket.on('connectionAttempt', () => (began = performance.now()));
  try {
    await once(socket, 'connect');
    if (starttls !== 'none') await askForTls(socket, starttls);
    const secured = await shakeHands(socket, target);
    return replyOf(secured, performance.now() - began, target);
  } catch (error) {
    throw signal.aborted ? signal.reason : oldTlsProblem(error, host, oldTls);
  } finally {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}

function shakeHands(socket: Socket, { host, ca, oldTls = false }: TlsTarget): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      host,
      // RFC 6066, 3: an IP address is no server name.
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      ...(ca !== undefined && { ca }),
      ...(oldTls && oldTlsOptions),
    });
    secured
      .on('secureConnect', () => resolve(secured))
      .on('error', reject)
      .on('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}

function replyOf(socket: TLSSocket, duration: number, { ca }: TlsTarget): TlsReply {
  const sent = sentBy(socket);
  if (sent.length === 0) throw new Problem('tls', { reason: 'no certificate' });
  const reply = { ...firstToEnd(sent, ca === undefined ? usual() : parse(ca)), duration };
  // Types say Error, but it is OpenSSL's name of one.
  const reason = String(socket.authorizationError);
  return socket.authorized ? reply : { ...reply, problem: new Problem('certificate', { reason }) };
}

// The certificate and, each the issuer of the one before, those above it; a root is its own issuer.
function sentBy(socket: TLSSocket): X509Certificate[] {
  const sent: X509Certificate[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    sent.push(new X509Certificate(next.raw));
    next = next.issuerCertificate;
  }
  return sent;
}

let roots: X509Certificate[] | undefined;

function usual(): X509Certificate[] {
  return (roots ??= rootCertificates.map((pem) => new X509Certificate(pem)));
}

function parse(pem: string): X509Certificate[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map((one) => new X509Certificate(one));
}
