import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeAPI } from 'node-red';
import type { HttpApi } from '../http-api.ts';
import { sendText } from '../send-text.ts';
import { textPieces } from '../text-pieces.ts';

/** Serves the API of a node at its addresses. Returns what ends that. */
export type Serve = (api: HttpApi) => () => void;

/** bytes of a form at most */
const longestForm = 10_000;

type Request = IncomingMessage & {
  path: string;
  query: Record<string, unknown>;
  /** where a middleware of the user has read it already */
  body?: unknown;
};
type Next = (error?: unknown) => void;
type Handler = (request: Request, response: ServerResponse, next: Next) => void;

/**
 * Gives what serves an API beside the flows' own addresses, behind the user and password that Node-RED asks
 * for there (`httpNodeAuth`) and its `httpNodeMiddleware`. Node-RED cannot take an address back, so that
 * there is one handler for all, which lets pass what nobody serves.
 */
export function httpServer(RED: NodeAPI): Serve {
  const served = new Map<string, HttpApi[]>();
  const { httpNodeMiddleware } = RED.settings as unknown as {
    httpNodeMiddleware?: Handler | Handler[];
  };
  const handle: Handler = (request, response, next) => {
    const api = served.get(request.path)?.[0];
    const methods = ['GET', 'HEAD', ...(api?.takesForms ? ['POST'] : [])];
    if (!api || !methods.includes(request.method ?? '')) {
      next();
      return;
    }
    inOrder([httpNodeMiddleware ?? []].flat(), request, response, (error) => {
      if (error === undefined) answer(api, request, response).catch(next);
      else next(error);
    });
  };
  (RED.httpNode as unknown as { use: (handler: Handler) => void }).use(handle);
  return (api) => {
    for (const path of api.paths) served.set(path, [...(served.get(path) ?? []), api]);
    return () => {
      for (const path of api.paths) {
        const left = (served.get(path) ?? []).filter((each) => each !== api);
        if (left.length > 0) served.set(path, left);
        else served.delete(path);
      }
    };
  };
}

function inOrder(
  [first, ...rest]: readonly Handler[],
  request: Request,
  response: ServerResponse,
  next: Next,
): void {
  if (!first) {
    next();
  } else {
    first(request, response, (error) => {
      if (error === undefined) inOrder(rest, request, response, next);
      else next(error);
    });
  }
}

async function answer(api: HttpApi, request: Request, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const form = request.method === 'POST' ? await formOf(request) : undefined;
  if (form === 'too long') {
    response.writeHead(413, { Connection: 'close' }).end();
    return;
  }
  const { status, type, headers, body } = await api.answer(request.path, {
    query: request.query,
    form,
    caller: request.socket.remoteAddress,
    accept: request.headers.accept,
    known: request.headers['if-none-match'],
    signal: gone.signal,
  });
  if (gone.signal.aborted) return;
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers });
  try {
    const { signal } = gone;
    if (request.method !== 'HEAD') await sendText(response, textPieces(body, signal), signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
  response.end();
}

async function formOf(request: Request): Promise<URLSearchParams | 'too long'> {
  if (typeof request.body === 'object' && request.body !== null) {
    const texts = Object.entries(request.body).filter(([, value]) => typeof value === 'string');
    return new URLSearchParams(texts as [string, string][]);
  }
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > longestForm) return 'too long';
    pieces.push(piece);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}
