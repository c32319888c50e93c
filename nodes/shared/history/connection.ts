import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

/** How a server is reached. */
export interface ServerAddress {
  url: string;
  /** the header of that name; empty for none */
  authorization: string;
  /** whether its certificate must be trusted */
  verify: boolean;
  /** the only certificates trusted, in PEM form; empty for the usual ones */
  ca: string;
}

/** Connections to one server, which are kept open. */
export class Connection {
  readonly #authorization: string;
  readonly #patience: number;
  readonly #agent: PlainAgent | SecureAgent;
  readonly #request: typeof plainRequest | typeof secureRequest;

  /** @param connections at a time @param patience ms for a whole answer */
  constructor(
    { url, authorization, verify, ca }: ServerAddress,
    connections: number,
    patience: number,
  ) {
    const isSecure = new URL(url).protocol === 'https:';
    const keeping = { keepAlive: true, maxSockets: connections };
    this.#authorization = authorization;
    this.#patience = patience;
    this.#request = isSecure ? secureRequest : plainRequest;
    this.#agent = isSecure
      ? new SecureAgent({ ...keeping, rejectUnauthorized: verify, ...(ca !== '' && { ca }) })
      : new PlainAgent(keeping);
  }

  /** Rejects where there is no answer in time, or with the signal's reason. */
  request(
    method: 'GET' | 'POST',
    url: URL,
    headers: Record<string, string>,
    body: Uint8Array,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(this.#patience)]);
    const authorization = this.#authorization;
    const all = {
      'user-agent': 'netmon',
      ...headers,
      ...(authorization !== '' && { authorization }),
      ...(body.length > 0 && { 'content-length': body.length }),
    };
    const options = { method, agent: this.#agent, signal: limited, headers: all };
    return new Promise<IncomingMessage>((resolve, reject) => {
      this.#request(url, options)
        .on('response', resolve)
        .on('error', (error) => reject(limited.aborted ? (limited.reason as Error) : error))
        .end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
