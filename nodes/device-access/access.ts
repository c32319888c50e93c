import { setTimeout as wait } from 'node:timers/promises';
import { Problem, type ProblemKey } from '../shared/problem.ts';
import type { InterfaceState } from '../contract/snapshot.ts';
import { toAddress } from '../protocols/address.ts';
import type { BoundProtocol } from '../protocols/bound-protocol.ts';
import { type AccessConfig, checks } from './config.ts';
import type { Expressions } from '../protocols/expressions.ts';
import { protocols } from '../protocols/index.ts';
import type { Answer, Connection, Secrets } from '../protocols/protocol.ts';

/** What may have passed a moment later. */
const temporary = new Set<ProblemKey>([
  'timeout',
  'connectionRefused',
  'connectionLost',
  'unreachable',
  'serverFault',
  'noReply',
  'dnsFailed',
  'ntpGarbled',
  'snmpSilent',
  'snmpSilentUser',
  'snmpSlow',
  'snmpGarbled',
]);

/** ms before a poll is tried again */
const pause = 250;

/** The protocol of an access, on the network of this machine. Throws a FieldProblem where there is none. */
export function protocolOf(config: AccessConfig): BoundProtocol<AccessConfig> {
  return protocols[checks.protocol(config.protocol)];
}

/** Asks devices, each within the time-out and again where that may help. */
export class Access {
  readonly #connection: Connection;
  readonly #timeout: number;
  readonly #retries: number;

  /**
   * Throws a FieldProblem where the config is bad.
   * @param protocol on another network than that of this machine
   */
  constructor(config: AccessConfig, secrets: Secrets, protocol = protocolOf(config)) {
    this.#timeout = checks.timeout(config.timeout);
    this.#retries = checks.retries(config.retries);
    this.#connection = protocol.open(config, secrets);
  }

  /**
   * Polls a device. Rejects with a `Problem`, or with the signal's reason once it is aborted.
   * @param expressions those of the node that polls
   */
  async poll(address: string, signal: AbortSignal, expressions?: Expressions): Promise<Answer> {
    const target = toAddress('address', address);
    for (let left = this.#retries; ; left--) {
      try {
        const answer = await this.#within(
          (limit, answered) =>
            this.#connection.poll(target, limit, {
              seconds: this.#timeout,
              answered,
              ...(expressions && { expressions }),
            }),
          signal,
        );
        const { down } = answer;
        if (left === 0 || !down || !temporary.has(down.key)) return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (left === 0 || !(error instanceof Problem) || !temporary.has(error.key)) throw error;
      }
      await wait(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  /** All interfaces of a device, where the protocol chooses among them; else none. */
  interfaces(address: string, signal: AbortSignal): Promise<InterfaceState[]> {
    const target = toAddress('address', address);
    return this.#within(
      (limit) => this.#connection.interfaces?.(target, limit) ?? Promise.resolve([]),
      signal,
    );
  }

  /** Ends every connection, and the polls under way. */
  async close(): Promise<void> {
    await this.#connection.close();
  }

  // Not every protocol ends at once when it is told to: undici does not while it connects.
  #within<T>(
    ask: (signal: AbortSignal, answered: () => void) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const limit = new AbortController();
      const stop = (reason: Error) => {
        limit.abort(reason);
        reject(reason);
      };
      const closed = () => stop(signal.reason as Error);
      const timer = setTimeout(() => {
        const reason = new Problem('timeout', { seconds: this.#timeout });
        limit.abort(reason);
        // A protocol that does end at once may know better why.
        setImmediate(reject, reason);
      }, this.#timeout * 1000);
      signal.addEventListener('abort', closed, { once: true });
      ask(limit.signal, () => clearTimeout(timer))
        .finally(() => {
          clearTimeout(timer);
          signal.removeEventListener('abort', closed);
        })
        .then(resolve, reject);
    });
  }
}
