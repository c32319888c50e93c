import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { systemClock } from '../../shared/clock.ts';
import { Problem, type ProblemKey } from '../../shared/problem.ts';
import { networkProblem } from '../network/network-problem.ts';
import { type IpAddress, Resolver } from '../network/resolve.ts';
import type { Exchange, NtpNetwork } from './transport.ts';

/** NTP's network on this machine. */
export const ntpNetwork: NtpNetwork = {
  clock: systemClock,
  nonce: () => randomBytes(8),
  async exchange({ host, port }, packet, read, signal) {
    signal.throwIfAborted();
    const addresses = await new Resolver().resolve(host);
    // One that refuses or cannot be reached is followed by the next.
    for (let i = 0; ; i++) {
      try {
        return await exchangeWith(addresses[i]!, port, packet, read, signal);
      } catch (error) {
        const isLast = i === addresses.length - 1;
        if (isLast || !unreachable.includes((error as Problem).key)) throw error;
      }
    }
  },
};

const unreachable: ProblemKey[] = ['connectionRefused', 'unreachable'];

/**
 * Asks one address from a port of chance (RFC 9109). The socket is connected, so that it hears nobody else,
 * and hears that nobody listens there.
 */
function exchangeWith<T>(
  { address, family }: IpAddress,
  port: number,
  packet: Uint8Array,
  read: (answer: Uint8Array) => T,
  signal: AbortSignal,
): Promise<Exchange<T>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { steady } = systemClock;
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    let sent = 0;
    let passedOver: Error | undefined;
    const end = () => {
      signal.removeEventListener('abort', abort);
      socket
        .removeAllListeners()
        .on('error', () => {})
        .close();
    };
    const fail = (error: Error) => {
      end();
      reject(error);
    };
    const abort = () => {
      const { reason } = signal as { reason: Error };
      fail(reason instanceof Problem ? (passedOver ?? reason) : reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket
      .on('error', (error) => fail(networkProblem(error, address)))
      .on('connect', () => {
        sent = steady();
        socket.send(packet);
      })
      .on('message', (bytes) => {
        const received = steady();
        try {
          resolve({ answer: read(bytes), sent, received });
          end();
        } catch (error) {
          passedOver = error as Error;
        }
      })
      .connect(port, address);
  });
}
