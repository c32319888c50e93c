import { Problem } from '../../shared/problem.ts';

/** A request on its way through redirects. */
export interface Step {
  url: URL;
  method: 'GET' | 'HEAD' | 'POST';
  body: string | null;
  headers: Record<string, string>;
  /** whether it goes to the origin that was asked first, and never went elsewhere: credentials may go along */
  home: boolean;
}

const statuses = [301, 302, 303, 307, 308];

/**
 * The request that follows an answer; undefined where the answer is no redirect. RFC 9110, 15.4, with
 * the rules of browsers and curl: a POST becomes a GET but by 307 and 308; credentials, and a body,
 * never go to another origin (scheme, host and port), nor back from there. Throws a Problem where the
 * redirect is not followed.
 * @param location the header; empty where there is none
 * @param anyHost whether other hosts are asked too
 */
export function redirected(
  step: Step,
  status: number,
  location: string,
  anyHost: boolean,
): Step | undefined {
  if (!statuses.includes(status)) return undefined;
  const url = location.trim() === '' ? null : URL.parse(bytesOf(location), step.url);
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Problem('redirectBad');
  if (!anyHost && url.hostname !== step.url.hostname) {
    throw new Problem('redirectHost', { host: url.host });
  }
  if (step.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new Problem('redirectDowngrade');
  }
  const home = step.home && url.origin === step.url.origin;
  const keeps = step.method !== 'POST' || status === 307 || status === 308;
  if (!keeps) {
    const headers = { ...step.headers };
    delete headers['content-type'];
    return { url, method: 'GET', body: null, headers, home };
  }
  if (!home && step.body !== null) throw new Problem('redirectHost', { host: url.host });
  return { ...step, url, home };
}

// Servers send UTF-8 where only ASCII is allowed; a header comes with one byte a character.
function bytesOf(location: string): string {
  return /[\x80-\xff]/.test(location) ? Buffer.from(location, 'latin1').toString() : location;
}
