import { lookup } from 'node:dns/promises';
import { isIP, SocketAddress } from 'node:net';
import { networkFailure } from '../../shared/network-failure.ts';
import { Problem } from '../../shared/problem.ts';

/** ms that an answer is kept */
const keep = 60_000;

/** An IP address as the system writes it. */
export interface IpAddress {
  address: string;
  family: 4 | 6;
}

interface Known {
  answer: Promise<IpAddress[]>;
  until: number;
}

/** Finds the IP addresses of host names, and keeps them for a minute. */
export class Resolver {
  readonly #known = new Map<string, Known>();

  /** All addresses of a host, at least one, in the order in which to try them. Rejects with a `Problem`. */
  async resolve(host: string): Promise<IpAddress[]> {
    const family = isIP(host);
    if (family !== 0) return [literal(host, family === 4 ? 4 : 6)];
    const known = this.#known.get(host);
    if (known && performance.now() < known.until) return known.answer;
    const answer = ask(host);
    this.#known.set(host, { answer, until: performance.now() + keep });
    return answer.catch((error: unknown) => {
      this.#known.delete(host);
      throw error;
    });
  }

  /** Forgets a host's addresses: they may have changed. */
  forget(host: string): void {
    this.#known.delete(host);
  }
}

// `fd00::0:1` is written `fd00::1` where it comes from a socket.
function literal(host: string, family: 4 | 6): IpAddress {
  if (family === 4) return { address: host, family };
  const [ip, zone] = host.split('%') as [string, string?];
  const { address } = new SocketAddress({ address: ip, family: 'ipv6' });
  return { address: zone === undefined ? address : `${address}%${zone}`, family };
}

async function ask(host: string): Promise<IpAddress[]> {
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address, family }) => literal(address, family === 6 ? 6 : 4));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (networkFailure(code) === 'nameNotFound') throw new Problem('nameNotFound', { host });
    throw new Problem('unreachable', { reason: code });
  }
}
