import { connect } from 'node:net';
import { networkProblem } from '../network/network-problem.ts';
import type { TcpNetwork } from './transport.ts';

/** TCP of this machine. */
export const tcpNetwork: TcpNetwork = { now: Date.now, tcp };

/** Connects to a TCP port and ends the connection. The look-up of the name does not count. */
function tcp(host: string, port: number, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port });
    let began = performance.now();
    const abort = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    socket
      .on('connectionAttempt', () => (began = performance.now()))
      .on('connect', () => {
        resolve(performance.now() - began);
        socket.destroy();
      })
      .on('error', (error) =>
        reject(signal.aborted ? (signal.reason as Error) : networkProblem(error, host)),
      )
      .on('close', () => signal.removeEventListener('abort', abort));
  });
}
