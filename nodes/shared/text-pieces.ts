import { inSlices } from './in-slices.ts';

/** characters that are sent or written at once */
const length = 65_536;

/**
 * Puts short texts together to pieces that are sent or written at once, which are made a little at a time. Rejects with
 * the signal's reason once it is aborted.
 */
export async function* textPieces(
  texts: Iterable<string>,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const all: Iterator<string, unknown> = texts[Symbol.iterator]();
  for (;;) {
    const text = await inSlices(nextPiece(all), { signal });
    if (text === '') return;
    yield text;
  }
}

function* nextPiece(texts: Iterator<string, unknown>): Generator<void, string> {
  let text = '';
  while (text.length < length) {
    const next = texts.next();
    if (next.done) break;
    text += next.value;
    yield;
  }
  return text;
}
