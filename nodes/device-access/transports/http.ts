import type { Agent, Dispatcher } from 'undici';
import { Problem } from '../../shared/problem.ts';
import type { HttpAnswer, HttpOptions, HttpRequest, HttpTransport } from '../protocols/protocol.ts';
import { readBody } from './http-body.ts';
import { networkProblem } from './network-problem.ts';

/** ms that an idle connection is kept: over the usual interval of a poll */
const keepAlive = 75_000;
const maxRedirects = 5;

/** HTTP on undici, which is loaded for the first request. Connections are kept alive. */
export class HttpClient implements HttpTransport {
  readonly #options: HttpOptions;
  #agent: Promise<Agent> | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  async request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { url: start, method, headers, body = null, accepts = isSuccess } = request;
    this.#agent ??= this.#open();
    const agent = await this.#agent;
    const began = performance.now();
    let url = start;
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      try {
        const response = await agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
          body,
          signal,
        });
        const wanted = accepts(response.statusCode);
        const next = wanted ? undefined : redirect(response, url, start);
        if (next === undefined) {
          if (!wanted) throw refusal(response, url);
          const answer = await this.#read(response);
          return { ...answer, duration: performance.now() - began };
        }
        discard(response);
        url = next;
      } catch (error) {
        throw signal.aborted ? signal.reason : networkProblem(error, url.hostname);
      }
    }
    throw new Problem('redirectLoop', { max: maxRedirects });
  }

  async close(): Promise<void> {
    await (await this.#agent)?.destroy();
  }

  async #open(): Promise<Agent> {
    const { Agent } = await import('undici');
    const { ca, verify, fresh = false } = this.#options;
    return new Agent({
      keepAliveTimeout: keepAlive,
      pipelining: fresh ? 0 : 1,
      // A poll's own limit ends it.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { rejectUnauthorized: verify, ...(ca !== undefined && { ca }) },
    });
  }

  async #read(response: Dispatcher.ResponseData): Promise<Omit<HttpAnswer, 'duration'>> {
    const { headers, body } = response;
    const type = one(headers['content-type']).split(';', 1)[0]!.trim().toLowerCase();
    const encoding = one(headers['content-encoding']).trim().toLowerCase();
    try {
      return { type, body: await readBody(body, encoding, this.#options.maxBytes) };
    } catch (error) {
      discard(response);
      throw error;
    }
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

// Credentials must not reach another host, nor anybody's eyes. Undefined where there is no redirect.
function redirect(response: Dispatcher.ResponseData, url: URL, start: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.statusCode)) return undefined;
  const next = URL.parse(one(response.headers.location), url);
  const trouble =
    !next || !['http:', 'https:'].includes(next.protocol)
      ? new Problem('redirectBad')
      : next.hostname !== start.hostname
        ? new Problem('redirectHost', { host: next.host })
        : url.protocol === 'https:' && next.protocol === 'http:'
          ? new Problem('redirectDowngrade')
          : undefined;
  if (trouble) discard(response);
  if (trouble) throw trouble;
  return next!;
}

function refusal(response: Dispatcher.ResponseData, url: URL): Problem {
  discard(response);
  const status = response.statusCode;
  if (status === 401) return new Problem('unauthorized');
  if (status === 403) return new Problem('forbidden');
  if (status === 404 || status === 410)
    return new Problem('notFound', { status, path: url.pathname });
  return new Problem(status >= 500 ? 'serverFault' : 'status', { status });
}

// Whatever else it sends is not read.
function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => {}).destroy();
}

function one(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}
