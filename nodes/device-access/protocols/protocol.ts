import type { Snapshot } from '../../shared/snapshot.ts';
import type { Address } from '../address.ts';

/** The credentials of a device access. They are kept apart from its settings, as Node-RED does. */
export interface Secrets {
  user?: string;
  /** password, token or key */
  secret?: string;
}

/**
 * What one poll of a device gave: a document that a mapping turns into a snapshot, or the snapshot
 * itself where the protocol says what each value means.
 */
export type Answer =
  | { document: unknown }
  | {
      snapshot: Snapshot;
      /** what was left out of it, and why */
      problems: Error[];
    };

/** An access in use: it polls any number of devices, and keeps what they share. */
export interface Connection {
  /** Polls one device once. Rejects with a `Problem`, or with the signal's reason once aborted. */
  poll(address: Address, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * A way to ask devices. It is pure: the dialog checks with it too, and its network is handed in.
 * @typeParam Fields its part of the config, flat, in the dialog's types
 * @typeParam Settings the same, checked
 */
export interface Protocol<Fields extends object, Settings> {
  defaults: Fields;
  /** A check for each field, which throws a FieldProblem. */
  checks: { [Name in keyof Fields]: (value: unknown) => unknown };
  settings(fields: Fields): Settings;
  open(settings: Settings, secrets: Secrets, transports: Transports): Connection;
}

/** The networks that a protocol may use, each loaded when it is first used. */
export interface Transports {
  http(options: HttpOptions): HttpTransport;
}

export interface HttpOptions {
  /** the only certificates trusted, in PEM form; those of the system where there are none */
  ca?: string;
  /** whether the certificate must be trusted */
  verify: boolean;
  /** limit on an answer, before and after it is decompressed */
  maxBytes: number;
}

export interface HttpTransport {
  /** Gets a resource; follows redirects on its host. Rejects where the status is not 2xx. */
  get(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpAnswer {
  /** the content type without parameters, in lower case; empty where there is none */
  type: string;
  body: string;
}
