import type { InterfaceState, Snapshot } from '../contract/snapshot.ts';
import type { Address } from '../shared/address.ts';
import type { Problem } from '../shared/problem.ts';
import type { Expressions } from './expressions.ts';

/** The credentials of a device access. They are kept apart from its settings, as Node-RED does. */
export interface Secrets {
  user?: string;
  /** password, token, key, SNMP community or the passphrase that signs */
  secret?: string;
  /** SNMP: the passphrase that encrypts */
  privacySecret?: string;
}

/** What one poll of a device gave. */
export interface Answer {
  snapshot: Snapshot;
  /** what was left out of it, and why: the first of many */
  problems: Error[];
  /** the number of further ones */
  more?: number;
  /** why the device counts as down although there are readings: all of its pings were lost */
  down?: Problem;
}

/** What holds for one poll. */
interface PollRequest {
  /** s after which the poll is aborted where the device has not answered */
  seconds: number;
  /**
   * To be called where reading may take long once the device has answered: its time-out ends, and what is left
   * to do has limits of its own. Without the call, the time-out holds for all of the poll.
   */
  answered: () => void;
  /** missing where no Node-RED polls: expressions then run in another thread, or fail */
  expressions?: Expressions;
}

/**
 * What is asked, in names that are the same in all languages: a device over a protocol, "SNMP v3", or whether a
 * service of it is well, "TCP 443", "DNS A example.org".
 */
export type Asked = { protocol: string } | { check: string };

/** An access in use: it polls any number of devices, and keeps what they share. */
export interface Connection {
  /** Polls one device once. Rejects with a `Problem`, or with the signal's reason once aborted. */
  poll(address: Address, signal: AbortSignal, request: PollRequest): Promise<Answer>;
  /** All interfaces of a device, where the protocol chooses among them. Rejects as `poll` does. */
  interfaces?(address: Address, signal: AbortSignal): Promise<InterfaceState[]>;
  asks?(address: Address): Asked;
  close(): Promise<void>;
}

/**
 * A way to ask devices. It is pure: its network is handed in.
 * @typeParam Fields its part of the config, flat, in the dialog's types
 * @typeParam Settings the same, checked
 * @typeParam Network what it needs of the network and of the clock, and no more
 */
export interface Protocol<Fields extends object, Settings, Network> {
  /** Throws a FieldProblem where a field is bad. */
  settings(fields: Fields): Settings;
  open(settings: Settings, secrets: Secrets, network: Network): Connection;
}
