import type { Problem } from '../shared/problem.ts';
import type { InterfaceState, Snapshot } from '../contract/snapshot.ts';
import type { Address } from './address.ts';

/** The credentials of a device access. They are kept apart from its settings, as Node-RED does. */
export interface Secrets {
  user?: string;
  /** password, token, key, SNMP community or the passphrase that signs */
  secret?: string;
  /** SNMP: the passphrase that encrypts */
  privacySecret?: string;
}

/**
 * What one poll of a device gave: a document that a mapping turns into a snapshot, or the snapshot
 * itself where the protocol says what each value means.
 */
export type Answer = DocumentAnswer | SnapshotAnswer;

/** A document, or where it is large its JSON: parsing that would hold up Node-RED. */
export type DocumentAnswer = ({ document: unknown } | { json: readonly string[] }) & {
  /** when it arrived, in ms of `performance.now()`: rates are taken over the time between */
  countedAt?: number;
};

export interface SnapshotAnswer {
  snapshot: Snapshot;
  /** what was left out of it, and why */
  problems: Error[];
  /** why the device counts as down although there are readings: all of its pings were lost */
  down?: Problem;
}

/** An access in use: it polls any number of devices, and keeps what they share. */
export interface Connection {
  /**
   * Polls one device once. Rejects with a `Problem`, or with the signal's reason once aborted.
   * @param seconds after which it will be aborted
   */
  poll(address: Address, signal: AbortSignal, seconds: number): Promise<Answer>;
  /** All interfaces of a device, where the protocol chooses among them. Rejects as `poll` does. */
  interfaces?(address: Address, signal: AbortSignal): Promise<InterfaceState[]>;
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
