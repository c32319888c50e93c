import type { Clock } from '../../shared/clock.ts';

/** What a check of a time server needs. */
export interface NtpNetwork {
  clock: Pick<Clock, 'date' | 'steady'>;
  /** eight random bytes, new ones each time */
  nonce(): Uint8Array;
  /**
   * Sends a packet over UDP and resolves to the first answer that can be read. What `read` throws on is
   * passed over; it is told where nothing better comes in time.
   */
  exchange<T>(
    target: NtpTarget,
    packet: Uint8Array,
    read: (answer: Uint8Array) => T,
    signal: AbortSignal,
  ): Promise<Exchange<T>>;
}

interface NtpTarget {
  host: string;
  port: number;
}

export interface Exchange<T> {
  answer: T;
  /** when the packet was sent, in ms of the steady clock */
  sent: number;
  /** when the answer arrived, in ms of the steady clock */
  received: number;
}
