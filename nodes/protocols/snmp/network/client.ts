import type snmp from 'net-snmp';
import type { Address } from '../../../shared/address.ts';
import { Problem } from '../../../shared/problem.ts';
import type { Varbind } from '../../if-mib/varbind.ts';
import { Resolver } from '../../network/resolve.ts';
import {
  endOfMib,
  isException,
  type SnmpDevice,
  type SnmpOptions,
  type SnmpTransport,
} from '../transport.ts';
import { restoreDes } from './des.ts';
import { isOutOfDate, type SnmpError, snmpProblem, status } from './problem.ts';
import { openSession, resendAfter } from './session.ts';
import { UdpSockets } from './udp.ts';

type Callback = (error: Error | null, varbinds?: unknown[]) => void;
type Request = (session: snmp.Session, done: Callback) => void;

/** SNMP on net-snmp, which is loaded for the first request. All devices share a socket. */
export class SnmpClient implements SnmpTransport {
  readonly #options: SnmpOptions;
  readonly #sockets = new UdpSockets();
  readonly #resolver: Pick<Resolver, 'resolve' | 'forget'>;
  #library: Promise<typeof snmp> | undefined;

  constructor(
    options: SnmpOptions,
    resolver: Pick<Resolver, 'resolve' | 'forget'> = new Resolver(),
  ) {
    this.#options = options;
    this.#resolver = resolver;
  }

  device({ host, port }: Required<Address>): SnmpDevice {
    // How many of the host's addresses did not answer: the next one is asked.
    let silent = 0;
    return new Device(this.#options, {
      forget: (answered) => {
        this.#resolver.forget(host);
        if (!answered) silent++;
      },
      open: async (onError, garbled, elsewhere) => {
        this.#library ??= load();
        const [library, addresses] = await Promise.all([
          this.#library,
          this.#resolver.resolve(host),
        ]);
        const link = this.#sockets.link.bind(
          this.#sockets,
          addresses[silent % addresses.length]!,
          port,
        );
        return openSession(library, this.#options, link, onError, garbled, elsewhere);
      },
    });
  }

  close(): Promise<void> {
    this.#sockets.close();
    return Promise.resolve();
  }
}

async function load(): Promise<typeof snmp> {
  const library = await import('net-snmp');
  restoreDes(library);
  return library;
}

interface Peer {
  open(
    onError: (e: Error) => void,
    garbled: (e: Error) => void,
    elsewhere: (address: string) => void,
  ): Promise<snmp.Session>;
  /** Looks the IP addresses up anew. @param answered whether the one in use did: else the next is tried */
  forget(answered: boolean): void;
}

class Device implements SnmpDevice {
  readonly #options: SnmpOptions;
  readonly #peer: Peer;
  #session: snmp.Session | undefined;
  /** ends the request under way */
  #fail: ((error: Error) => void) | undefined;
  #answered = false;
  #garbled: Error | undefined;
  /** the address from which an answer came instead */
  #elsewhere: string | undefined;

  constructor(options: SnmpOptions, peer: Peer) {
    this.#options = options;
    this.#peer = peer;
  }

  async get(oids: readonly string[]): Promise<(Varbind | undefined)[]> {
    const values = await this.#each('get', oids);
    return values.map((value) => (value && !isException(value) ? value : undefined));
  }

  async next(
    oids: readonly string[],
    repetitions: number,
    once: readonly string[] = [],
  ): Promise<Varbind[][]> {
    if (this.#options.version !== '1') {
      const answer = await this.#ask<Varbind | Varbind[]>((session, done) =>
        session.getBulk([...once, ...oids], once.length, repetitions, done),
      );
      // SNMP has those first of which one value is asked for (RFC 3416, 4.2.3).
      return [...answer.slice(once.length), ...answer.slice(0, once.length)].map((each) =>
        Array.isArray(each) ? each : [each],
      );
    }
    const all = [...oids, ...once];
    const values = await this.#each('getNext', all);
    return values.map((value, i) => [value ?? { oid: all[i]!, type: endOfMib, value: null }]);
  }

  cancel(reason: Error): void {
    this.#fail?.(this.#explained(reason));
    this.#fail = undefined;
    this.#peer.forget(this.#answered);
    this.#forget();
  }

  close(): void {
    this.cancel(new Error('closed'));
  }

  // SNMPv1 answers nothing of a request if it lacks one of its OIDs, which it names.
  async #each(
    method: 'get' | 'getNext',
    oids: readonly string[],
  ): Promise<(Varbind | undefined)[]> {
    try {
      return await this.#ask((session, done) => session[method]([...oids], done));
    } catch (error) {
      const cause = (error as Error).cause as SnmpError | undefined;
      if (cause?.status !== status.noSuchName) throw error;
    }
    if (oids.length === 1) return [undefined];
    const half = Math.ceil(oids.length / 2);
    const first = await this.#each(method, oids.slice(0, half));
    return [...first, ...(await this.#each(method, oids.slice(half)))];
  }

  async #ask<T>(request: Request): Promise<T[]> {
    for (let again = false; ; again = true) {
      try {
        const varbinds = await this.#once(request);
        this.#answered = true;
        return varbinds as T[];
      } catch (error) {
        if (error instanceof Problem) throw error;
        if (again || !isOutOfDate(error as SnmpError)) {
          throw snmpProblem(error as SnmpError, this.#options);
        }
        // RFC 3414, 4: ask anew which engine it is and what time it has.
        this.#forget();
      }
    }
  }

  #once(request: Request): Promise<unknown[]> {
    const began = performance.now();
    const answer = new Promise<unknown[]>((resolve, reject) => {
      this.#fail = reject;
      const done: Callback = (error, varbinds) => {
        // A slow agent only gets slower when it is asked again too soon.
        if (this.#session) {
          (this.#session as { timeout?: number }).timeout = Math.max(
            resendAfter,
            2 * (performance.now() - began),
          );
        }
        if (error) reject(error);
        else resolve(varbinds!);
      };
      if (this.#session) {
        request(this.#session, done);
      } else {
        this.#open()
          // Unless it was given up meanwhile.
          .then((session) => this.#fail === reject && request(session, done))
          .catch(reject);
      }
    });
    const fail = this.#fail;
    // What ends a promise also keeps what it came to: the whole answer, until the next poll.
    return answer.finally(() => {
      if (this.#fail === fail) this.#fail = undefined;
    });
  }

  async #open(): Promise<snmp.Session> {
    const session = await this.#peer.open(
      (error) => this.#fail?.(error),
      (error) => (this.#garbled = error),
      (address) => (this.#elsewhere = address),
    );
    this.#session?.close();
    return (this.#session = session);
  }

  #forget(): void {
    this.#session?.close();
    this.#session = undefined;
    this.#answered = false;
    this.#garbled = undefined;
    this.#elsewhere = undefined;
  }

  // Why there is no answer in time, as far as it can be told.
  #explained(reason: Error): Error {
    const { version } = this.#options;
    if (!(reason instanceof Problem) || (reason.key !== 'timeout' && reason.key !== 'snmpSlow')) {
      return reason;
    }
    if (this.#garbled) return new Problem('snmpGarbled', { reason: this.#garbled.message });
    if (this.#elsewhere !== undefined) {
      return new Problem('snmpElsewhere', { address: this.#elsewhere });
    }
    if (this.#answered) return reason;
    if (version !== '3') return new Problem('snmpSilent', reason.params);
    const engineKnown = this.#session !== undefined && 'msgSecurityParameters' in this.#session;
    return engineKnown ? new Problem('snmpSilentUser', reason.params) : reason;
  }
}
