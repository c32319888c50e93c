import { spawn } from 'node:child_process';
import { Problem } from '../../shared/problem.ts';
import { Resolver } from '../network/resolve.ts';
import { type PingCommand, pingCommands } from './command.ts';
import { readPing } from './output.ts';
import type { PingNetwork, PingOutput, PingRequest } from './transport.ts';

/** characters of output that are kept: twenty packets take about 2,000 */
const maxOutput = 20_000;
/** addresses of one host that are tried */
const maxAddresses = 4;

/** Runs a ping for at most `limit` ms. */
export type RunPing = (
  command: PingCommand,
  limit: number,
  signal: AbortSignal,
) => Promise<PingOutput>;

/**
 * Pings hosts with the system's ping. Of a host with several addresses all are tried at a time, and from
 * then on the one that replied.
 */
export class Pinger {
  readonly #run: RunPing;
  readonly #resolver: Pick<Resolver, 'resolve' | 'forget'>;
  /** the address that replied, by host */
  readonly #replied = new Map<string, string>();

  constructor(run = runPing, resolver: Pick<Resolver, 'resolve' | 'forget'> = new Resolver()) {
    this.#run = run;
    this.#resolver = resolver;
  }

  /** Rejects with a `Problem`, or with the signal's reason once aborted. */
  async ping({ host, packets, limit }: PingRequest, signal: AbortSignal): Promise<PingOutput> {
    const all = (await this.#resolver.resolve(host)).map(({ address }) => address);
    signal.throwIfAborted();
    const known = this.#replied.get(host);
    const addresses = known !== undefined && all.includes(known) ? [known] : all;
    const pings = await Promise.allSettled(
      addresses.slice(0, maxAddresses).map((ip) => this.#pingOne(ip, packets, limit, signal)),
    );
    signal.throwIfAborted();
    const at = pings.findIndex((ping) => ping.status === 'fulfilled' && hasReply(ping.value));
    if (at >= 0) {
      if (all.length > 1) this.#replied.set(host, addresses[at]!);
    } else {
      this.#replied.delete(host);
      this.#resolver.forget(host);
    }
    // Silence tells more than that one of the addresses could not be asked.
    const silent = pings.findIndex((ping) => ping.status === 'fulfilled' && isRead(ping.value));
    const ping = pings[at >= 0 ? at : Math.max(silent, 0)]!;
    if (ping.status === 'rejected') throw ping.reason;
    return ping.value;
  }

  async #pingOne(
    ip: string,
    packets: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<PingOutput> {
    const [first, ...others] = pingCommands(process.platform, ip, packets);
    let output = await this.#run(first!, limit, signal);
    for (const command of others) {
      if (isRead(output)) break;
      // The words of the first tell more than that there is no second.
      output = await this.#run(command, limit, signal).catch(() => output);
    }
    return output;
  }
}

const pinger = new Pinger();

/** The ping of this machine. */
export const pingNetwork: PingNetwork = {
  now: Date.now,
  ping: (request, signal) => pinger.ping(request, signal),
};

function hasReply(output: PingOutput): boolean {
  return isRead(output) && readPing(output, '').received > 0;
}

// Whether ping could do its work.
function isRead(output: PingOutput): boolean {
  try {
    readPing(output, '');
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a ping. At its limit it is asked to end, and tells what it has got so far; when the signal is
 * aborted it is killed.
 */
function runPing(
  { file, args }: PingCommand,
  limit: number,
  signal: AbortSignal,
): Promise<PingOutput> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(file, args, {
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const texts = { out: '', errors: '' };
    const keep = (name: keyof PingOutput) => (chunk: string) => {
      texts[name] = (texts[name] + chunk).slice(0, maxOutput);
    };
    child.stdout.setEncoding('latin1').on('data', keep('out'));
    child.stderr.setEncoding('latin1').on('data', keep('errors'));
    const enough = setTimeout(() => child.kill('SIGINT'), limit);
    const kill = () => child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    const end = () => {
      clearTimeout(enough);
      signal.removeEventListener('abort', kill);
    };
    child
      .on('error', ({ code, message }: NodeJS.ErrnoException) => {
        end();
        reject(new Problem(code === 'ENOENT' ? 'pingMissing' : 'pingFailed', { reason: message }));
      })
      .on('close', () => {
        end();
        if (signal.aborted) reject(signal.reason as Error);
        else resolve(texts);
      });
  });
}
