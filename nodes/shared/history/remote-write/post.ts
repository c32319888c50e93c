import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Post, PostAnswer } from './forwarder.ts';

/** ms for a whole answer */
const usualPatience = 30_000;
/** characters of an answer that are looked at */
const shown = 500;

/** How a receiver is reached. */
export interface Receiver {
  url: string;
  /** the header of that name; empty for none */
  authorization: string;
  /** whether its certificate must be trusted */
  verify: boolean;
  /** the only certificates trusted, in PEM form; empty for the usual ones */
  ca: string;
}

/** Sends requests to a receiver, over one connection that is kept open. */
export function poster(
  { url: address, authorization, verify, ca }: Receiver,
  patience = usualPatience,
): { post: Post; close: () => void } {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const keeping = { keepAlive: true, maxSockets: 1 };
  const agent = isSecure
    ? new SecureAgent({ ...keeping, rejectUnauthorized: verify, ...(ca !== '' && { ca }) })
    : new PlainAgent(keeping);
  const headers = {
    'content-type': 'application/x-protobuf',
    'content-encoding': 'snappy',
    'x-prometheus-remote-write-version': '0.1.0',
    'user-agent': 'netmon',
    ...(authorization !== '' && { authorization }),
  };
  const post: Post = async (body, signal) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const options = { method: 'POST', agent, signal: limited };
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      (isSecure ? secureRequest : plainRequest)(url, {
        ...options,
        headers: { ...headers, 'content-length': body.length },
      })
        .on('response', resolve)
        .on('error', (error) => reject(limited.aborted ? (limited.reason as Error) : error))
        .end(body);
    });
    return answerOf(incoming);
  };
  return { post, close: () => agent.destroy() };
}

async function answerOf(incoming: IncomingMessage): Promise<PostAnswer> {
  let text = '';
  incoming.setEncoding('utf8');
  // To its end, so that the connection can be used again.
  for await (const piece of incoming)
    if (text.length < shown) text += String(piece).slice(0, shown - text.length);
  const { statusCode = 0, headers } = incoming;
  return { status: statusCode, retryAfter: headers['retry-after'] ?? '', text };
}
