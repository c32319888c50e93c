import { type Address, urlHost } from '../../shared/address.ts';
import * as check from '../../shared/check.ts';
import { Problem } from '../../shared/problem.ts';
import { oneLine } from '../../shared/text.ts';
import type { Secrets } from '../protocol.ts';
import { webChecks, type WebFields } from './fields.ts';
import { DigestLogin } from './http-digest.ts';
import type {
  HttpAnswer,
  HttpOptions,
  HttpRequest,
  HttpTransport,
  WebNetwork,
} from './transport.ts';

/** The same, checked. Throws a FieldProblem. */
export function webSettings(fields: WebFields): WebFields {
  return {
    url: webChecks.url(fields.url),
    authentication: webChecks.authentication(fields.authentication),
    keyHeader: fields.authentication === 'key' ? webChecks.keyHeader(fields.keyHeader) : '',
    verify: webChecks.verify(fields.verify),
    ca: fields.verify ? webChecks.ca(fields.ca) : '',
    oldTls: webChecks.oldTls(fields.oldTls),
    maxSize: webChecks.maxSize(fields.maxSize),
  };
}

/** What differs between the requests of an access. */
interface Request extends Pick<
  HttpRequest,
  'method' | 'headers' | 'body' | 'accepts' | 'anyHost' | 'read'
> {
  /** below the URL of the device, with its query; that URL unless told */
  path?: string;
}

/** An HTTP access to devices at the URL of their address, with credentials and TLS as set. */
export class Web {
  readonly #settings: WebFields;
  readonly #credentials: Pick<HttpRequest, 'credentials' | 'login'>;
  readonly #client: HttpTransport;

  constructor(
    settings: WebFields,
    secrets: Secrets,
    network: Pick<WebNetwork, 'http'>,
    options: Pick<HttpOptions, 'fresh'> = {},
  ) {
    this.#settings = settings;
    this.#credentials = credentialsOf(settings, secrets);
    this.#client = network.http({
      ...options,
      verify: settings.verify,
      oldTls: settings.oldTls,
      maxBytes: settings.maxSize * 1e6,
      ...(settings.ca !== '' && { ca: settings.ca }),
    });
  }

  /** Asks one device. Rejects with a `Problem`, or with the signal's reason once aborted. */
  async request(
    address: Address,
    { path, ...request }: Request,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const device = deviceUrl(this.#settings.url, address);
    const url = path === undefined ? device : below(device, path);
    const zone = address.host.split('%')[1];
    return this.#client.request(
      { ...request, ...this.#credentials, url, ...(zone !== undefined && { zone }) },
      signal,
    );
  }

  /** "HTTP" or "HTTPS" */
  get scheme(): string {
    return /^https:/i.test(this.#settings.url) ? 'HTTPS' : 'HTTP';
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

/** A device's URL. The address's own port goes before one of the pattern: `{address}:9100`. */
function deviceUrl(pattern: string, address: Address): URL {
  const place = address.port === undefined ? '{address}' : /\{address\}(:\d+)?/g;
  const text = pattern.replaceAll(place, urlHost(address));
  const url = URL.parse(text);
  if (!url) throw new Problem('badUrl', { url: text });
  return url;
}

// Whatever the path is, it stays with the device.
function below(device: URL, path: string): URL {
  const text = device.href.replace(/[?#].*$/, '').replace(/\/$/, '') + path;
  const url = URL.parse(text);
  if (!path.startsWith('/') || url?.origin !== device.origin) {
    throw new Problem('badUrl', { url: text });
  }
  return url;
}

/** Parses an answer's body. Throws a Problem where it is not JSON. */
export function parseJson(body: readonly string[]): unknown {
  try {
    return JSON.parse(body.join('')) as unknown;
  } catch (error) {
    throw new Problem('notJson', { reason: oneLine((error as Error).message) });
  }
}

function credentialsOf(
  { authentication, keyHeader }: WebFields,
  { user = '', secret = '' }: Secrets,
): Pick<HttpRequest, 'credentials' | 'login'> {
  if (check.hasControl(user + secret)) throw new Problem('secret');
  switch (authentication) {
    case 'none':
      return {};
    case 'basic':
      return { credentials: { authorization: `Basic ${base64(`${user}:${secret}`)}` } };
    case 'digest':
      return { login: new DigestLogin(user, secret) };
    case 'bearer':
      return { credentials: { authorization: `Bearer ${ascii(secret)}` } };
    case 'key':
      return { credentials: { [keyHeader]: ascii(secret) } };
  }
}

function ascii(text: string): string {
  if (/[^\x20-\x7e]/.test(text)) throw new Problem('secret');
  return text;
}

// RFC 7617, 2.1: in UTF-8.
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
