import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Sends a text in pieces, no faster than it is taken. Rejects as the pieces do, or once the signal is aborted. */
export async function sendText(
  response: ServerResponse,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  for await (const text of pieces) {
    signal.throwIfAborted();
    if (!response.write(text)) await once(response, 'drain', { signal });
  }
}
