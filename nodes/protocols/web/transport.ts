/** What a protocol over HTTP needs. */
export interface WebNetwork {
  /** ms since the Unix epoch */
  now(): number;
  http(options: HttpOptions): HttpTransport;
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
