import type { IncomingMessage } from 'node:http';
import { Connection, type ServerAddress } from '../connection.ts';
import type { Post, PostAnswer } from './forwarder.ts';

/** ms for a whole answer */
const usualPatience = 30_000;
/** characters of an answer that are looked at */
const shown = 500;

const headers = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
};

/** Sends requests to a receiver, over one connection that is kept open. */
export function poster(
  receiver: ServerAddress,
  patience = usualPatience,
): { post: Post; close: () => void } {
  const url = new URL(receiver.url);
  const connection = new Connection(receiver, 1, patience);
  return {
    async post(body, signal) {
      return answerOf(await connection.request('POST', url, headers, body, signal));
    },
    close: () => connection.close(),
  };
}

async function answerOf(incoming: IncomingMessage): Promise<PostAnswer> {
  let text = '';
  incoming.setEncoding('utf8');
  // To its end, so that the connection can be used again.
  for await (const piece of incoming) {
    if (text.length < shown) text += String(piece).slice(0, shown - text.length);
  }
  const { statusCode = 0, headers } = incoming;
  return { status: statusCode, retryAfter: headers['retry-after'] ?? '', text };
}
