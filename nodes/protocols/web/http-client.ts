import { Problem } from '../../shared/problem.ts';
import { oldTlsProblem } from '../network/old-tls.ts';
import { readText } from './http-body.ts';
import { mediaType } from './http-charset.ts';
import { CookieJar } from './http-cookies.ts';
import { asksFor } from './http-digest.ts';
import { HttpExchange, type Incoming } from './http-exchange.ts';
import { redirected, type Step } from './http-redirect.ts';
import type { HttpAnswer, HttpOptions, HttpRequest, HttpTransport } from './transport.ts';

const maxRedirects = 5;
/** challenges of one request that are answered: a nonce may turn out to be too old */
const maxChallenges = 3;

/** HTTP with redirects, logins and limits. */
export class HttpClient implements HttpTransport {
  readonly #options: HttpOptions;
  readonly #exchange: HttpExchange;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#exchange = new HttpExchange(options);
  }

  async request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const began = performance.now();
    const trip = new Trip(request);
    for (;;) {
      const { hostname } = trip.step.url;
      let incoming: Incoming | undefined;
      try {
        incoming = await this.#exchange.send(trip.outgoing(), signal);
        if (trip.goesOn(incoming)) continue;
        const body = await this.#read(incoming, request);
        const arrived = performance.now();
        const type = mediaType(one(incoming.headers['content-type']));
        return { type, body, arrived, duration: arrived - began };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw oldTlsProblem(error, hostname, this.#options.oldTls ?? false);
      } finally {
        // Whatever else it sends is not read.
        incoming?.body.on('error', () => {}).destroy();
      }
    }
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }

  async #read({ headers, body }: Incoming, { read }: HttpRequest): Promise<string[]> {
    if (read === false) return [];
    return readText(body, {
      encoding: one(headers['content-encoding']),
      contentType: one(headers['content-type']),
      maxBytes: this.#options.maxBytes,
      enough: read,
    });
  }
}

/** One request on its way through challenges and redirects. */
class Trip {
  step: Step;
  readonly #request: HttpRequest;
  readonly #cookies = new CookieJar();
  #redirects = 0;
  #challenges = 0;

  constructor(request: HttpRequest) {
    const { url, method, headers, body = null } = request;
    this.#request = request;
    this.step = { url, method, body, headers, home: true };
  }

  outgoing() {
    const { url, method, body, headers, home } = this.step;
    const { credentials, login } = this.#request;
    const authorization =
      home && login?.authorization({ method, url, ...(body !== null && { body }) });
    const all = {
      'accept-encoding': 'gzip, deflate, br',
      ...headers,
      ...(home && credentials),
      ...(authorization && { authorization }),
    };
    const { zone, url: first } = this.#request;
    return {
      ...{ url, method, body, headers: withCookies(all, this.#cookies.header(url)) },
      ...(zone !== undefined && url.hostname === first.hostname && { zone }),
    };
  }

  /** Takes the next step, if the answer asks for one. Throws a Problem where it is not wanted. */
  goesOn({ status, headers }: Incoming): boolean {
    const { accepts = isSuccess, anyHost = false, login } = this.#request;
    const { url, home } = this.step;
    this.#cookies.take(url, list(headers['set-cookie']), Date.now());
    if (accepts(status)) {
      if (home) login?.accepted(url.origin, one(headers['authentication-info']));
      return false;
    }
    const asked = list(headers['www-authenticate']).join(', ');
    if (status === 401 && home && login && this.#answers(asked)) return true;
    const next = redirected(this.step, status, one(headers.location), anyHost);
    if (!next) throw this.#refusal(status, asked);
    if (this.#redirects++ === maxRedirects) {
      throw new Problem('redirectLoop', { max: maxRedirects });
    }
    this.step = next;
    return true;
  }

  // A second one of the same request says that user or password are wrong, unless it is stale.
  #answers(asked: string): boolean {
    const { login } = this.#request;
    const { origin } = this.step.url;
    const challenge = login!.challenged(origin, asked);
    const isAnswered =
      challenge !== undefined &&
      (this.#challenges === 0 || (challenge.stale && this.#challenges < maxChallenges));
    this.#challenges++;
    if (!isAnswered) login!.refused(origin);
    return isAnswered;
  }

  #refusal(status: number, asked: string): Problem {
    const { credentials = {}, login } = this.#request;
    const { url, home } = this.step;
    const hasLogin = login !== undefined || Object.keys(credentials).length > 0;
    if ((status === 401 || status === 403) && !home && hasLogin) {
      return new Problem('redirectLogin', { origin: url.origin });
    }
    if (status === 401 && !login && asksFor('digest', asked) && !asksFor('basic', asked)) {
      return new Problem('wantsDigest');
    }
    if (status === 401 && login && !asksFor('digest', asked) && asksFor('basic', asked)) {
      return new Problem('wantsBasic');
    }
    if (status === 401) return new Problem('unauthorized');
    if (status === 403) return new Problem('forbidden');
    if (status === 404 || status === 410) {
      return new Problem('notFound', { status, path: url.pathname });
    }
    return new Problem(status >= 500 ? 'serverFault' : 'status', { status });
  }
}

function withCookies(headers: Record<string, string>, cookies: string | undefined) {
  if (cookies === undefined) return headers;
  const name = Object.keys(headers).find((key) => key.toLowerCase() === 'cookie') ?? 'cookie';
  const own = headers[name];
  return { ...headers, [name]: own === undefined ? cookies : `${own}; ${cookies}` };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

function one(header: string | string[] | undefined): string {
  return list(header)[0] ?? '';
}

function list(header: string | string[] | undefined): string[] {
  return header === undefined ? [] : Array.isArray(header) ? header : [header];
}
