import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';

/** What a device of a test does over SSH. */
export interface SshDevice {
  /** the host key, in PEM form; one of its own unless told */
  hostKey?: string;
  /** takes the login as it is: password, key, questions */
  login?: (context: AuthContext) => void;
  /** what its shell does with the channel */
  shell?: (channel: ServerChannel, connection: Connection) => void;
  /** what a command gives */
  exec?: (command: string, channel: ServerChannel, connection: Connection) => void;
  /** any that is free unless told */
  port?: number;
  /** what the server offers, where that is little */
  algorithms?: Record<string, string[]>;
}

const servers = new Set<ssh2.Server>();
const open = new Set<Connection>();

/** A pair of keys: the private one, and the public one as it travels. */
export function keyPair(passphrase?: string): { private: string; public: Buffer } {
  const made = ssh2.utils.generateKeyPairSync('ed25519', {
    ...(passphrase && { passphrase, cipher: 'aes256-cbc', rounds: 4 }),
  } as never);
  const parsed = ssh2.utils.parseKey(made.public);
  if (parsed instanceof Error) throw parsed;
  return { private: made.private, public: parsed.getPublicSSH() };
}

let usual: string | undefined;

/** Starts a device on loopback; it ends with {@link endSshDevices}. Its address. */
export async function startSshDevice(device: SshDevice): Promise<string> {
  const hostKey = device.hostKey ?? (usual ??= keyPair().private);
  const options = {
    hostKeys: [hostKey],
    ...(device.algorithms && { algorithms: device.algorithms }),
  };
  const server = new ssh2.Server(options, (connection) => {
    open.add(connection);
    connection
      .on('error', () => {})
      .on('close', () => open.delete(connection))
      .on('authentication', (context) => (device.login ?? anyPassword)(context))
      .on('session', (accept) => {
        const session = accept();
        session.on('pty', (take) => take?.());
        session.on('shell', (take, refuse) => {
          if (device.shell) device.shell(take(), connection);
          else refuse?.();
        });
        session.on('exec', (take, refuse, { command }) => {
          if (device.exec) device.exec(command, take(), connection);
          else refuse?.();
        });
      });
  });
  servers.add(server);
  server.listen(device.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ends all devices and their connections. */
export async function endSshDevices(): Promise<void> {
  for (const connection of open) connection.end();
  open.clear();
  await Promise.all(
    [...servers].map(async (server) => {
      servers.delete(server);
      await new Promise((resolve) => server.close(resolve));
    }),
  );
}

function anyPassword(context: AuthContext): void {
  if (context.method === 'password') context.accept();
  else context.reject(['password']);
}
