import type { Address } from '../../shared/address.ts';
import type { ArpTable } from '../../shared/host/arp.ts';
import type { Varbind } from '../if-mib/varbind.ts';

export const versions = ['1', '2c', '3'] as const;
export const levels = ['noAuthNoPriv', 'authNoPriv', 'authPriv'] as const;
export const authProtocols = ['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
/** AES with 256 bits has two ways to make a key: of Blumenthal's draft, and of Reeder's (Cisco). */
export const privProtocols = ['des', 'aes', 'aes256b', 'aes256r'] as const;

/** How devices are asked: with a community, or as a user (SNMPv3). */
export type SnmpOptions = {
  /** whether an answer may come from another address than the one asked */
  anyAddress?: boolean;
} & (
  | { version: '1' | '2c'; community: string }
  | {
      version: '3';
      user: string;
      level: (typeof levels)[number];
      authProtocol: (typeof authProtocols)[number];
      authPassphrase: string;
      privProtocol: (typeof privProtocols)[number];
      privPassphrase: string;
      /** the context's name; empty for the default one */
      context: string;
    }
);

/** The end of all that a device has. */
export const endOfMib = 130;

/** Whether a varbind says that there is no value: noSuchObject, noSuchInstance or endOfMibView. */
export function isException({ type }: Varbind): boolean {
  return type >= 128 && type <= endOfMib;
}

/** What SNMP needs. */
export interface SnmpNetwork {
  /** ms since the Unix epoch */
  now(): number;
  snmp(options: SnmpOptions): SnmpTransport;
  /** the addresses that this machine talks to in its own network */
  arp?(): Promise<ArpTable>;
}

/** All devices of an access. */
export interface SnmpTransport {
  /** A device to ask; nothing is sent yet. */
  device(address: Required<Address>): SnmpDevice;
  close(): Promise<void>;
}

/** One device. It is asked one thing at a time; each request may reject with a `Problem`. */
export interface SnmpDevice {
  /** The values at the OIDs, in their order; undefined where there is none. */
  get(oids: readonly string[]): Promise<(Varbind | undefined)[]>;
  /**
   * For each OID up to `repetitions` of the values that follow it, fewer or none where the answer is
   * full before. An {@link isException exception} tells that nothing follows.
   * @param once OIDs of which only the one value that follows is asked for. They come last
   */
  next(
    oids: readonly string[],
    repetitions: number,
    once?: readonly string[],
  ): Promise<Varbind[][]>;
  /**
   * Ends the request under way, which rejects with the reason, or with a `Problem` that tells more
   * about why there was no answer.
   */
  cancel(reason: Error): void;
  close(): void;
}
