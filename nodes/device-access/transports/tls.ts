import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { Problem } from '../../shared/problem.ts';
import type { TlsReply, TlsTarget } from '../protocols/protocol.ts';
import { networkProblem } from './network-problem.ts';

/** Shakes hands with a TLS server and ends the connection, whether its certificate is trusted or not. */
export function tls({ host, port, ca }: TlsTarget, signal: AbortSignal): Promise<TlsReply> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({
      host,
      port,
      // RFC 6066, 3: an IP address is no server name.
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      ...(ca !== undefined && { ca }),
    });
    let began = performance.now();
    const abort = () => socket.destroy(signal.reason as Error);
    const fail = (error: unknown) =>
      reject(signal.aborted ? (signal.reason as Error) : networkProblem(error, host));
    signal.addEventListener('abort', abort, { once: true });
    socket
      .on('connectionAttempt', () => (began = performance.now()))
      .on('secureConnect', () => {
        const duration = performance.now() - began;
        const validTo = Date.parse(socket.getPeerCertificate().valid_to);
        // Types say Error, but it is OpenSSL's name of one.
        const reason = String(socket.authorizationError);
        if (Number.isNaN(validTo)) fail(new Problem('tls', { reason: 'no certificate' }));
        else
          resolve({
            validTo,
            duration,
            ...(!socket.authorized && {
              problem: new Problem('certificate', { reason }),
            }),
          });
        socket.destroy();
      })
      .on('error', fail)
      .on('close', () => {
        signal.removeEventListener('abort', abort);
        fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
      });
  });
}
