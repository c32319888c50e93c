import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { WebAnswer } from './web-page.ts';

/** bytes of a page that are read: its title is at its beginning, and a list of interfaces is not long */
const maxBytes = 256 * 1024;
const maxRedirects = 3;

/** A page of a web server that nobody has chosen yet: see `LookNetwork.page`. */
export async function page(url: URL, signal: AbortSignal): Promise<WebAnswer> {
  let at = url;
  for (let left = maxRedirects; ; left--) {
    const answer = await get(at, signal);
    const { location } = answer.headers;
    const isRedirect = answer.status >= 300 && answer.status <= 399;
    const next = isRedirect && typeof location === 'string' ? URL.parse(location, at) : null;
    // Where it leads to another server, or to its own HTTPS, that one is asked in its turn.
    if (!next || next.origin !== url.origin || left === 0) return answer;
    at = next;
  }
}

function get(url: URL, signal: AbortSignal): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const began = performance.now();
    const isSecure = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const asked: ClientRequest = (isSecure ? requestHttps : requestHttp)({
      host,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      path: url.pathname + url.search,
      headers: { accept: 'text/html, application/json, */*', 'user-agent': 'Netmon' },
      agent: false,
      signal,
      ...(isSecure && {
        // It is only asked who it is: it gets no secret, and what it says is not believed.
        rejectUnauthorized: false,
        ...(isIP(host) === 0 && { servername: host }),
      }),
    });
    asked.on('error', reject).on('response', (response) => {
      const responseTime = performance.now() - began;
      const { socket } = response;
      const certificate = socket instanceof TLSSocket ? certificateOf(socket) : undefined;
      read(response).then((body) => {
        asked.destroy();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          responseTime,
          ...(certificate && { certificate }),
        });
      }, reject);
    });
    asked.end();
  });
}

async function read(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    if ((bytes += piece.length) >= maxBytes) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function certificateOf(socket: TLSSocket): WebAnswer['certificate'] {
  const { subject } = socket.getPeerCertificate();
  const [name] = [subject?.CN ?? subject?.O ?? ''].flat();
  return { subject: name ?? '', isTrusted: socket.authorized };
}
