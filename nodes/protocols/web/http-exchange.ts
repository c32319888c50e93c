import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Readable } from 'node:stream';
import type { Agent } from 'undici';
import { oldTlsOptions } from '../network/old-tls.ts';
import type { HttpOptions } from './transport.ts';

/** ms that an idle connection is kept: over the usual interval of a poll */
const keepAlive = 75_000;

export interface Outgoing {
  url: URL;
  /** of a link-local address */
  zone?: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
}

/** The head of an answer, and its body as it comes. */
export interface Incoming {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Readable;
}

/** Sends single requests on undici, which is loaded for the first one. Connections are kept alive. */
export class HttpExchange {
  readonly #options: HttpOptions;
  /** origins that send an unasked `100 Continue`, which a client has to bear (RFC 9110, 15.2) and undici does not */
  readonly #continuing = new Set<string>();
  /** link-local addresses with their zones, by the addresses alone */
  readonly #zoned = new Map<string, string>();
  #agent: Promise<Agent> | undefined;
  #plain: PlainAgent | undefined;
  #secure: SecureAgent | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  async send(outgoing: Outgoing, signal: AbortSignal): Promise<Incoming> {
    const { url, zone, method, headers, body } = outgoing;
    if (zone !== undefined) this.#zoned.set(bare(url.hostname), `${bare(url.hostname)}%${zone}`);
    if (this.#continuing.has(url.origin)) return this.#sendByNode(outgoing, signal);
    this.#agent ??= this.#open();
    const agent = await this.#agent;
    try {
      const path = url.pathname + url.search;
      const options = { origin: url.origin, path, method, headers, body, signal };
      const response = await agent.request(options);
      return { status: response.statusCode, headers: response.headers, body: response.body };
    } catch (error) {
      if (!isUnaskedContinue(error)) throw error;
      this.#continuing.add(url.origin);
      return this.#sendByNode(outgoing, signal);
    }
  }

  async close(): Promise<void> {
    this.#plain?.destroy();
    this.#secure?.destroy();
    await (await this.#agent)?.destroy();
  }

  async #open(): Promise<Agent> {
    const { Agent, buildConnector } = await import('undici');
    const connect = buildConnector(this.#tls());
    return new Agent({
      keepAliveTimeout: keepAlive,
      pipelining: this.#options.fresh ? 0 : 1,
      // A poll's own limit ends it.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) =>
        connect({ ...options, hostname: this.#host(options.hostname) }, callback),
    });
  }

  #sendByNode({ url, method, headers, body }: Outgoing, signal: AbortSignal): Promise<Incoming> {
    const keeping = { keepAlive: !this.#options.fresh, timeout: keepAlive };
    const secure = url.protocol === 'https:';
    const agent = secure
      ? (this.#secure ??= new SecureAgent({ ...keeping, ...this.#tls() }))
      : (this.#plain ??= new PlainAgent(keeping));
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const hostname = this.#host(url.hostname);
    const options = { hostname, method, headers: { ...headers, ...length }, agent, signal };
    return new Promise((resolve, reject) => {
      (secure ? secureRequest : plainRequest)(url, options)
        .on('response', (response: IncomingMessage) => {
          resolve({ status: response.statusCode!, headers: response.headers, body: response });
        })
        .on('error', reject)
        .end(body);
    });
  }

  #host(hostname: string): string {
    return this.#zoned.get(bare(hostname)) ?? bare(hostname);
  }

  #tls() {
    const { ca, verify, oldTls = false } = this.#options;
    return {
      rejectUnauthorized: verify,
      ...(ca !== undefined && { ca }),
      // OpenSSL has the hashes of TLS 1.0 and 1.1, and short keys, at its level 0 only.
      ...(oldTls && oldTlsOptions),
    };
  }
}

// An IPv6 address stands in brackets in a URL.
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function isUnaskedContinue(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'UND_ERR_SOCKET' && message === 'bad response';
}
