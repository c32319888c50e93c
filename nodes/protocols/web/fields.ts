import * as check from '../../shared/check.ts';
import { FieldProblem } from '../../shared/problem.ts';

const authentications = ['none', 'basic', 'digest', 'bearer', 'key'] as const;
type Authentication = (typeof authentications)[number];

/** What all protocols over HTTP share. */
export interface WebFields {
  /** with `{address}` where a device's address goes */
  url: string;
  authentication: Authentication;
  /** the header that carries an API key */
  keyHeader: string;
  /** verify the certificate */
  verify: boolean;
  /** PEM; empty for the system's */
  ca: string;
  /** take TLS 1.0 and 1.1 too */
  oldTls: boolean;
  /** MB */
  maxSize: number;
}

export const webDefaults: Omit<WebFields, 'url'> = {
  authentication: 'none',
  keyHeader: 'X-API-Key',
  verify: true,
  ca: '',
  oldTls: false,
  maxSize: 5,
};

export const webChecks = {
  url: checkUrl,
  authentication: (value: unknown) => check.oneOf('authentication', value, authentications),
  keyHeader: (value: unknown) => {
    const name = check.text('keyHeader', value, { max: 100 });
    // RFC 9110, 5.6.2, without the rarer signs.
    if (!/^[\w-]+$/.test(name)) throw new FieldProblem('keyHeader', 'headerName', value);
    return name;
  },
  verify: (value: unknown) => check.boolean('verify', value),
  ca: (value: unknown) => check.certificates('ca', value),
  // Older configs lack it.
  oldTls: (value: unknown) => check.boolean('oldTls', value ?? false),
  maxSize: (value: unknown) => check.number('maxSize', value, { min: 0.001, max: 100 }),
};

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
  ) {
    throw new FieldProblem('url', 'urlPattern', value);
  }
  return pattern;
}

/** Whether requests are encrypted, so that there is a certificate. */
export function isSecure(url: unknown): boolean {
  return !/^http:/i.test(String(url));
}
