import type { Problem } from '../shared/problem.ts';
import type { InterfaceState, Snapshot } from '../contract/snapshot.ts';
import type { Address } from './address.ts';
import type { SnmpOptions, SnmpTransport } from './snmp/transport.ts';
import type { RecordType } from './dns/fields.ts';
import type { TlsFields } from './tls/fields.ts';

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
 */
export interface Protocol<Fields extends object, Settings> {
  /** Throws a FieldProblem where a field is bad. */
  settings(fields: Fields): Settings;
  open(settings: Settings, secrets: Secrets, transports: Transports): Connection;
}

/** The networks that a protocol may use, each loaded when it is first used. */
export interface Transports {
  /** ms since the Unix epoch */
  now(): number;
  http(options: HttpOptions): HttpTransport;
  ping(request: PingRequest, signal: AbortSignal): Promise<PingOutput>;
  /** Connects, and ends the connection. Resolves to how long it took, in ms. */
  tcp(host: string, port: number, signal: AbortSignal): Promise<number>;
  dns(question: DnsQuestion, signal: AbortSignal): Promise<DnsReply>;
  tls(target: TlsTarget, signal: AbortSignal): Promise<TlsReply>;
  snmp(options: SnmpOptions): SnmpTransport;
}

export interface HttpOptions {
  /** the only certificates trusted, in PEM form; those of the system where there are none */
  ca?: string;
  /** whether the certificate must be trusted */
  verify: boolean;
  /** limit on an answer, before and after it is decompressed */
  maxBytes: number;
  /** a connection of its own for each request, so that it is always tried */
  fresh?: boolean;
  /** whether TLS 1.0 and 1.1, and what is as weak, are taken too */
  oldTls?: boolean;
}

export interface HttpRequest {
  url: URL;
  /** the zone of a link-local address, which no URL can have (RFC 4007) */
  zone?: string;
  method: 'GET' | 'HEAD' | 'POST';
  headers: Record<string, string>;
  /** headers for the origin (scheme, host and port) of the URL only */
  credentials?: Record<string, string>;
  /** answers the challenges of that origin */
  login?: HttpLogin;
  body?: string;
  /** whether an answer with this status is wanted: 2xx unless told */
  accepts?: (status: number) => boolean;
  /** whether redirects to other hosts are followed too */
  anyHost?: boolean;
  /** what is read of the body: all unless told, nothing, or pieces until one is said to be enough */
  read?: false | ((piece: string) => boolean);
}

/** Logs in as a server asks, with what is known of each server between requests. */
export interface HttpLogin {
  /** the header `authorization`, once the server has told what it wants */
  authorization(request: { method: string; url: URL; body?: string }): string | undefined;
  /**
   * Takes the header `www-authenticate` of a refusal. Undefined where it asks for nothing that can be
   * answered; `stale` where only the last answer was too old.
   */
  challenged(origin: string, header: string): { stale: boolean } | undefined;
  /** Takes the header `authentication-info` of an answer. */
  accepted(origin: string, info: string): void;
  /** The server refused an answer to its own challenge. */
  refused(origin: string): void;
}

export interface HttpTransport {
  /**
   * Requests a resource; follows redirects, without credentials where they lead to another origin.
   * Rejects where the status is not wanted.
   */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpAnswer {
  /** the content type without parameters, in lower case; empty where there is none */
  type: string;
  /** its text in pieces, in their order: a large one is better not put together at once */
  body: readonly string[];
  /** when what was read of it had arrived, in ms of `performance.now()` */
  arrived: number;
  /** ms from the request, redirects included, to then */
  duration: number;
}

export interface PingRequest {
  host: string;
  packets: number;
  /** after which it ends with what it has got, in ms */
  limit: number;
}

/** What the system's ping said. */
export interface PingOutput {
  out: string;
  errors: string;
}

export interface DnsQuestion {
  server: string;
  port: number;
  name: string;
  type: RecordType;
}

export interface DnsReply {
  /** the records as texts, such as `10 mail.example.org` */
  records: string[];
  /** ms */
  duration: number;
}

export interface TlsTarget {
  host: string;
  port: number;
  /** what the server speaks before TLS begins */
  starttls?: TlsFields['starttls'];
  /** as in {@link HttpOptions} */
  ca?: string;
  oldTls?: boolean;
}

export interface TlsReply {
  /** ms since the Unix epoch: when the first certificate of the chain ends */
  validTo: number;
  /** the name in that certificate, unless it is the server's own */
  subject?: string;
  /** why the certificate is not trusted */
  problem?: Problem;
  /** ms until the handshake was complete */
  duration: number;
}
