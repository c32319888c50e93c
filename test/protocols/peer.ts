import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

const tls = (name: string) =>
  readFileSync(new URL(`../support/tls/${name}.pem`, import.meta.url), 'utf8');

/** The authority that signed the certificate of {@link listen}'s TLS servers. */
export const ca = tls('ca');

/** A server on loopback, ended by {@link closeAll}. */
export interface Peer {
  /** `127.0.0.1:port` */
  address: string;
  port: number;
  server: Server;
}

const open = new Set<Server>();

/** Starts an HTTP, or with `secure` an HTTPS, server. */
export async function listen(
  listener: RequestListener,
  secure = false,
  options: ServerOptions = {},
): Promise<Peer> {
  const server = secure
    ? createTlsServer({ key: tls('key'), cert: tls('server'), ...options }, listener)
    : createServer(listener);
  open.add(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, port, server };
}

/** Ends all servers and their connections. */
export function closeAll(): void {
  for (const server of open) {
    server.close();
    server.closeAllConnections();
  }
  open.clear();
}
