import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Problem } from '../problem.ts';

/** octets that the system keeps while a thread is busy; it may give less (Linux: net.core.rmem_max) */
const bufferSize = 4 * 1024 * 1024;

export type TakeDatagram = (data: Buffer, address: string) => void;

/** Opens a port for datagrams of IPv4 and IPv6. Rejects with a Problem. @param host all addresses where empty */
export async function openPort(host: string, port: number, take: TakeDatagram): Promise<Socket> {
  const isV4 = host !== '' && !host.includes(':');
  try {
    return await open(isV4 ? 'udp4' : 'udp6', host, port, take);
  } catch (error) {
    // A machine without IPv6.
    const { code } = error as NodeJS.ErrnoException;
    const isMissing = code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL' || code === 'EINVAL';
    if (host === '' && isMissing) {
      return open('udp4', host, port, take).catch((cause: unknown) => {
        throw problemOf(cause, host, port);
      });
    }
    throw problemOf(error, host, port);
  }
}

async function open(
  type: 'udp4' | 'udp6',
  host: string,
  port: number,
  take: TakeDatagram,
): Promise<Socket> {
  const socket = createSocket({ type, recvBufferSize: bufferSize });
  socket.on('message', (data, { address }) => take(data, plain(address)));
  try {
    socket.bind({ port, ...(host !== '' && { address: host }) });
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
  // What fails later (a network that goes) is told by the silence of the exporters.
  socket.on('error', () => {});
  return socket;
}

// An IPv4 address that came by a socket of IPv6; a link-local one without its zone.
function plain(address: string): string {
  if (address.startsWith('::ffff:')) return address.slice(7);
  const zone = address.indexOf('%');
  return zone < 0 ? address : address.slice(0, zone);
}

function problemOf(error: unknown, host: string, port: number): Problem {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new Problem('flowPortUsed', { port });
  if (code === 'EACCES') return new Problem('flowPortDenied', { port });
  return new Problem('flowPort', { port, host }, { cause: error });
}
