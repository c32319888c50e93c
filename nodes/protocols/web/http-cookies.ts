/** what a server may store during one request */
const maxCookies = 50;
const maxLength = 4096;

interface Cookie {
  name: string;
  value: string;
  path: string;
}

/**
 * The cookies that servers set in the course of one request's redirects. RFC 6265, but each goes to
 * the very origin that set it only.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie[]>();

  /**
   * Takes the headers `set-cookie` of an answer from a URL.
   * @param now ms since the Unix epoch
   */
  take(url: URL, headers: readonly string[], now: number): void {
    for (const header of headers) {
      const cookie = parse(header, url);
      if (!cookie) continue;
      const others = (this.#cookies.get(url.origin) ?? []).filter(
        ({ name, path }) => name !== cookie.name || path !== cookie.path,
      );
      if (!isOver(header, now) && others.length < maxCookies) others.push(cookie);
      this.#cookies.set(url.origin, others);
    }
  }

  /** The header `cookie` for a request; undefined where there is none to send. */
  header(url: URL): string | undefined {
    const fitting = (this.#cookies.get(url.origin) ?? [])
      .filter(({ path }) => isWithin(url.pathname, path))
      .sort((a, b) => b.path.length - a.path.length);
    if (fitting.length === 0) return undefined;
    return fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

function parse(header: string, url: URL): Cookie | undefined {
  const [, name, value] = /^\s*([^=;\s]+)\s*=\s*([^;]*?)\s*(?:;|$)/.exec(header) ?? [];
  const isGood = header.length <= maxLength && /^[\x20-\x7e]*$/.test(`${name}${value}`);
  if (name === undefined || !isGood) return undefined;
  const path = attribute(header, 'path');
  // RFC 6265, 5.1.4: else the directory of what was asked for.
  const usual = url.pathname.slice(0, Math.max(1, url.pathname.lastIndexOf('/')));
  return { name, value: value!, path: path?.startsWith('/') ? path : usual };
}

function isOver(header: string, now: number): boolean {
  const seconds = attribute(header, 'max-age');
  if (seconds !== undefined && /^-?\d+$/.test(seconds)) return Number(seconds) <= 0;
  return Date.parse(attribute(header, 'expires') ?? '') <= now;
}

function attribute(header: string, name: string): string | undefined {
  const found = header
    .split(';')
    .slice(1)
    .map((part) => /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(part))
    .findLast((match) => match?.[1]?.toLowerCase() === name);
  return found?.[2];
}

// RFC 6265, 5.1.4.
function isWithin(pathname: string, path: string): boolean {
  return (
    pathname === path ||
    (pathname.startsWith(path) && (path.endsWith('/') || pathname[path.length] === '/'))
  );
}
