import { setTimeout as wait } from 'node:timers/promises';
import type { InterfaceState } from '../contract/snapshot.ts';
import type { BoundProtocol } from '../protocols/bound-protocol.ts';
import type { Expressions } from '../protocols/expressions.ts';
import { protocols } from '../protocols/index.ts';
import type { Answer, Asked, Connection, Secrets } from '../protocols/protocol.ts';
import { toAddress } from '../shared/address.ts';
import { Problem, type ProblemKey } from '../shared/problem.ts';
import { withinTime } from '../shared/within-time.ts';
import { type AccessConfig, checks } from './config.ts';

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
        const answer = await withinTime(this.#timeout, signal, (limit, answered) =>
          this.#connection.poll(target, limit, {
            seconds: this.#timeout,
            answered,
            ...(expressions && { expressions }),
          }),
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

  /** What is asked at an address, in names that are the same in all languages. */
  asks(address: string): Asked | undefined {
    return this.#connection.asks?.(toAddress('address', address));
  }

  /** All interfaces of a device, where the protocol chooses among them; else none. */
  interfaces(address: string, signal: AbortSignal): Promise<InterfaceState[]> {
    const target = toAddress('address', address);
    return withinTime(
      this.#timeout,
      signal,
      (limit) => this.#connection.interfaces?.(target, limit) ?? Promise.resolve([]),
    );
  }

  /** Ends every connection, and the polls under way. */
  async close(): Promise<void> {
    await this.#connection.close();
  }
}
