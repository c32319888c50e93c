import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeAPI } from 'node-red';
import { inSlices } from '../shared/in-slices.ts';
import type { HistoryApi } from './api.ts';

/** Serves the API of a node at its addresses. Returns what ends that. */
export type Serve = (api: HistoryApi) => () => void;

type Request = IncomingMessage & { path: string; query: Record<string, unknown> };
type Next = (error?: unknown) => void;
type Handler = (request: Request, response: ServerResponse, next: Next) => void;

/** characters that are sent at once */
const piece = 65_536;

/**
 * Gives what serves an API beside the flows' own addresses, behind the user and password that Node-RED asks
 * for there (`httpNodeAuth`) and its `httpNodeMiddleware`. Node-RED cannot take an address back, so that
 * there is one handler for all, which lets pass what nobody serves.
 */
export function apiServer(RED: NodeAPI): Serve {
  const served = new Map<string, HistoryApi[]>();
  const { httpNodeMiddleware } = RED.settings as unknown as {
    httpNodeMiddleware?: Handler | Handler[];
  };
  const handle: Handler = (request, response, next) => {
    const api = served.get(request.path)?.[0];
    if (!api || !['GET', 'HEAD'].includes(request.method ?? '')) {
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

async function answer(api: HistoryApi, request: Request, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { status, type, body } = await api.answer(request.path, {
    query: request.query,
    accept: request.headers.accept,
    signal: gone.signal,
  });
  if (gone.signal.aborted) return;
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  if (request.method !== 'HEAD') await send(response, body[Symbol.iterator](), gone.signal);
  response.end();
}

// A long answer is made a little at a time, and no faster than it is taken.
async function send(
  response: ServerResponse,
  body: Iterator<string>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const text = await inSlices(nextPiece(body));
    if (text === '') return;
    if (!response.write(text)) await once(response, 'drain', { signal }).catch(() => {});
  }
}

function* nextPiece(body: Iterator<string, unknown>): Generator<void, string> {
  let text = '';
  while (text.length < piece) {
    const next = body.next();
    if (next.done) break;
    text += next.value;
    yield;
  }
  return text;
}
