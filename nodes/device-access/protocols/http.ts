import * as check from '../../shared/check.ts';
import { FieldProblem, Problem } from '../../shared/problem.ts';
import { type Address, urlHost } from '../address.ts';
import type { HttpAnswer, Protocol, Secrets } from './protocol.ts';

export const authentications = ['none', 'basic', 'bearer', 'key'] as const;
export type Authentication = (typeof authentications)[number];

export interface HttpFields {
  /** with `{address}` where a device's address goes */
  url: string;
  authentication: Authentication;
  /** the header that carries an API key */
  keyHeader: string;
  /** verify the certificate */
  verify: boolean;
  /** PEM; empty for the system's */
  ca: string;
  /** MB */
  maxSize: number;
}

const checks = {
  url: checkUrl,
  authentication: (value: unknown) => check.oneOf('authentication', value, authentications),
  keyHeader(value: unknown) {
    const name = check.text('keyHeader', value, { max: 100 });
    // RFC 9110, 5.6.2, without the rarer signs.
    if (!/^[\w-]+$/.test(name)) throw new FieldProblem('keyHeader', 'headerName', value);
    return name;
  },
  verify: (value: unknown) => check.boolean('verify', value),
  ca(value: unknown) {
    if (value === '' || value === undefined) return '';
    if (typeof value !== 'string' || !/-----BEGIN CERTIFICATE-----[\s\S]+-----END/.test(value))
      throw new FieldProblem('ca', 'certificate', value);
    return value;
  },
  maxSize: (value: unknown) => check.number('maxSize', value, { min: 0.001, max: 100 }),
};

/** JSON over HTTP or HTTPS: the answer's body is the document. */
export const http: Protocol<HttpFields, HttpFields> = {
  defaults: {
    url: 'https://{address}/api/v1/interfaces/metrics',
    authentication: 'none',
    keyHeader: 'X-API-Key',
    verify: true,
    ca: '',
    maxSize: 5,
  },
  checks,
  settings: (fields) => ({
    url: checks.url(fields.url),
    authentication: checks.authentication(fields.authentication),
    keyHeader: fields.authentication === 'key' ? checks.keyHeader(fields.keyHeader) : '',
    verify: checks.verify(fields.verify),
    ca: checks.ca(fields.ca),
    maxSize: checks.maxSize(fields.maxSize),
  }),
  open(settings, secrets, transports) {
    const headers = { accept: 'application/json', ...authorization(settings, secrets) };
    const client = transports.http({
      verify: settings.verify,
      maxBytes: settings.maxSize * 1e6,
      ...(settings.ca !== '' && { ca: settings.ca }),
    });
    return {
      async poll(address, signal) {
        const answer = await client.get(deviceUrl(settings.url, address), headers, signal);
        return { document: parse(answer) };
      },
      close: () => client.close(),
    };
  },
};

/** A device's URL. */
export function deviceUrl(pattern: string, address: Address): URL {
  const text = pattern.replaceAll('{address}', urlHost(address));
  const url = URL.parse(text);
  if (!url) throw new Problem('badUrl', { url: text });
  return url;
}

function checkUrl(value: unknown): string {
  const pattern = check.text('url', value);
  const around = pattern.split('{address}');
  const url = URL.parse(around.join('device'));
  if (
    around.length < 2 ||
    around.some((part) => /[{}\s]/.test(part)) ||
    !url ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username + url.password !== ''
  )
    throw new FieldProblem('url', 'urlPattern', value);
  return pattern;
}

function authorization(
  { authentication, keyHeader }: HttpFields,
  { user = '', secret = '' }: Secrets,
): Record<string, string> {
  if (check.hasControl(user + secret)) throw new Problem('secret');
  switch (authentication) {
    case 'none':
      return {};
    case 'basic':
      return { authorization: `Basic ${base64(`${user}:${secret}`)}` };
    case 'bearer':
      return { authorization: `Bearer ${ascii(secret)}` };
    case 'key':
      return { [keyHeader]: ascii(secret) };
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

// Many devices send JSON as text or without a type.
function parse({ type, body }: HttpAnswer): unknown {
  if (type.includes('html')) throw new Problem('htmlAnswer', { type });
  if (!['', 'text/plain', 'application/octet-stream'].includes(type) && !type.includes('json'))
    throw new Problem('contentType', { type });
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw new Problem('notJson', { reason: (error as Error).message.replace(/\s+/g, ' ') });
  }
}
