import { createHash } from 'node:crypto';
import type { Algorithms, Client, ClientChannel, ConnectConfig } from 'ssh2';
import { Problem, type ProblemKey } from '../shared/problem.ts';
import { keyProblem, sshProblem } from './ssh-problem.ts';

/** What old devices know, and counts as broken. It comes after all else, so that a newer device does not use it. */
const oldAlgorithms = {
  kex: [
    'diffie-hellman-group14-sha1',
    'diffie-hellman-group-exchange-sha1',
    'diffie-hellman-group1-sha1',
  ],
  serverHostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  hmac: ['hmac-sha1', 'hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'],
};

/** the terminal that a shell gets: so wide that hardly a line is broken */
const window = { term: 'vt100', cols: 511, rows: 100 };

/** ms that a device has to take its leave */
const farewell = 1000;

export interface SshTarget {
  host: string;
  port: number;
  user: string;
  password?: string;
  privateKey?: string;
  passphrase?: string;
  oldCiphers: boolean;
  /** see `FetchOptions` */
  knownHostKey?: string | undefined;
}

/** A connection by SSH. ssh2 is loaded for the first one. Every error is a `Problem` that names its step. */
export class SshConnection {
  /** `SHA256:` and the hash of the host key, as OpenSSH shows it */
  readonly hostKey: string;
  readonly #client: Client;
  readonly #target: SshTarget;
  #isLost = false;

  private constructor(client: Client, target: SshTarget, hostKey: string) {
    this.#client = client;
    this.#target = target;
    this.hostKey = hostKey;
    client.on('close', () => (this.#isLost = true)).on('end', () => (this.#isLost = true));
  }

  /** Connects and logs in. */
  static async open(target: SshTarget, signal: AbortSignal): Promise<SshConnection> {
    const { default: ssh2 } = await import('ssh2');
    signal.throwIfAborted();
    const client = new ssh2.Client();
    let hostKey = '';
    let step: ProblemKey = 'atConnect';
    let refusal: Problem | undefined;
    return new Promise<SshConnection>((resolve, reject) => {
      const fail = (error: unknown) => {
        const cause: unknown =
          refusal ?? (signal.aborted ? signal.reason : sshProblem(error, target));
        reject(new Problem(step, {}, { cause }));
        client.destroy();
      };
      signal.addEventListener('abort', fail, { once: true });
      client
        .on('ready', () => {
          signal.removeEventListener('abort', fail);
          resolve(new SshConnection(client, target, hostKey));
        })
        .on('error', fail)
        .on('close', () => fail(new Problem('connectionLost')))
        .on('handshake', () => (step = 'atLogin'))
        .on('change password', () => fail(new Problem('newPassword')))
        .on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) => {
          const asked = prompts.map(({ prompt }) => prompt);
          if (asked.some((prompt) => /new|retype|change/i.test(prompt))) {
            fail(new Problem('newPassword'));
          } else {
            finish(asked.map((prompt) => (isUser(prompt) ? target.user : (target.password ?? ''))));
          }
        });
      const verify = (key: Buffer) => {
        hostKey = fingerprint(key);
        const { knownHostKey = hostKey } = target;
        if (knownHostKey !== hostKey) {
          refusal = new Problem('hostKeyChanged', { hostKey, known: knownHostKey });
        }
        return refusal === undefined;
      };
      try {
        client.connect({ ...loginOf(target), hostVerifier: verify });
      } catch (error) {
        step = 'atLogin';
        fail(keyProblem(error));
      }
    });
  }

  /** Whether nothing more can be asked. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Opens a shell. */
  shell(signal: AbortSignal): Promise<ClientChannel> {
    return this.#channel(signal, (opened) => this.#client.shell(window, opened));
  }

  /** Runs a command in a channel of its own. */
  exec(command: string, signal: AbortSignal): Promise<ClientChannel> {
    return this.#channel(signal, (opened) => this.#client.exec(command, opened));
  }

  /** @param isDone whether the device may take its leave, and has nothing more to tell */
  close(isDone: boolean): void {
    const client = this.#client;
    if (!isDone) {
      client.destroy();
      return;
    }
    const late = setTimeout(() => client.destroy(), farewell);
    client.once('close', () => clearTimeout(late));
    client.end();
  }

  #channel(
    signal: AbortSignal,
    open: (opened: (error: Error | undefined, channel: ClientChannel) => void) => void,
  ): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      const lost = () => fail(new Problem('connectionLost'));
      const fail = (error: unknown) => {
        settle();
        reject(sshProblem(error, this.#target));
      };
      const abort = () => fail(signal.reason);
      const settle = () => {
        signal.removeEventListener('abort', abort);
        this.#client.off('close', lost);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#client.on('close', lost);
      try {
        open((error, channel) => {
          if (error) {
            fail(error);
            return;
          }
          settle();
          resolve(channel);
        });
      } catch (error) {
        fail(error);
      }
    });
  }
}

function loginOf(target: SshTarget): ConnectConfig {
  const { host, port, user, password, privateKey, passphrase } = target;
  return {
    host,
    port,
    username: user,
    ...(password && { password, tryKeyboard: true }),
    ...(privateKey && { privateKey }),
    ...(passphrase && { passphrase }),
    // The key first: a device closes after a few tries.
    authHandler: [
      'none',
      ...(privateKey ? (['publickey'] as const) : []),
      ...(password ? (['password', 'keyboard-interactive'] as const) : []),
    ],
    // The access has a limit of its own.
    readyTimeout: 0,
    ...(target.oldCiphers && { algorithms: appended }),
  };
}

const appended = Object.fromEntries(
  Object.entries(oldAlgorithms).map(([kind, names]) => [
    kind,
    { append: names, prepend: [], remove: [] },
  ]),
) as Algorithms;

function isUser(prompt: string): boolean {
  return /\b(?:user|login|account)/i.test(prompt) && !/pass/i.test(prompt);
}

function fingerprint(key: Buffer): string {
  const hash = createHash('sha256').update(key).digest('base64');
  return `SHA256:${hash.replace(/=+$/, '')}`;
}
