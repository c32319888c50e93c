import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request for a token, as it arrived. */
export interface TokenAsked {
  path: string;
  form: Record<string, string>;
}

/** A token server on the loopback interface. */
export interface TokenPeer {
  origin: string;
  asked: TokenAsked[];
  close(): Promise<void>;
}

/** What it answers with: a status other than 200, JSON or a text, and where to go instead. */
export type TokenAnswer = { status?: number; body: object | string; location?: string };

/** Starts a token server that answers as it is told. */
export async function startTokenPeer(
  answer: (asked: TokenAsked, count: number) => TokenAnswer | Promise<TokenAnswer>,
): Promise<TokenPeer> {
  const asked: TokenAsked[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const one = { path: request.url!, form };
    asked.push(one);
    const { status = 200, body, location } = await answer(one, asked.length - 1);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { 'content-type': 'application/json', ...(location && { location }) };
    response.writeHead(status, headers).end(text);
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
