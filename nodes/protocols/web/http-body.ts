import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createInflateRaw, createUnzip } from 'node:zlib';
import { Problem } from '../../shared/problem.ts';
import { BodyText } from './http-charset.ts';

/** What a server may send although nobody asked for it, and no text: https://www.iana.org, HTTP Content Coding Registry */
const unreadable = ['compress', 'zstd', 'dcb', 'dcz', 'exi', 'aes128gcm', 'pack200-gzip'];

export interface BodyOptions {
  /** the headers of those names */
  encoding: string;
  contentType: string;
  /** limit on the body, before and after it is decompressed */
  maxBytes: number;
  /** told each piece of the text; true where the rest is not wanted */
  enough?: ((piece: string) => boolean) | undefined;
}

/**
 * A body as pieces of text. Rejects as soon as it is too large, decompressed or not. The body must be
 * destroyed afterwards.
 */
export function readText(
  body: Readable,
  { encoding, contentType, maxBytes, enough }: BodyOptions,
): Promise<string[]> {
  const codings = codingsOf(encoding);
  const text = new BodyText(contentType);
  const pieces: string[] = [];
  let decoders: Transform[] | undefined;
  return new Promise<string[]>((resolve, reject) => {
    let received = 0;
    let size = 0;
    const isEnough = (piece: string) => {
      if (piece !== '') pieces.push(piece);
      return piece !== '' && enough?.(piece) === true;
    };
    const take = (data: Buffer) => {
      const left = maxBytes - size;
      size += data.length;
      if (left < 0) return;
      if (isEnough(text.take(data.subarray(0, left)))) resolve(pieces);
      else if (size > maxBytes) reject(tooLarge(maxBytes));
    };
    const end = () => {
      isEnough(text.end());
      resolve(pieces);
    };
    const damaged = ({ message }: Error) => reject(new Problem('compressed', { reason: message }));
    // By events: iterating over the stream costs more.
    body.on('data', (data: Buffer) => {
      received += data.length;
      // Only the first bytes tell how it is compressed, and an empty body is not.
      decoders ??= codings.map((coding) => decoder(coding, data));
      const [first] = decoders;
      if (!first) {
        take(data);
        return;
      }
      if (received === data.length) connect(decoders, take, end, damaged);
      if (received > maxBytes) {
        reject(tooLarge(maxBytes));
      } else if (!first.write(data)) {
        body.pause();
        first.once('drain', () => body.resume());
      }
    });
    body.on('end', () => {
      if (decoders?.[0]) decoders[0].end();
      else end();
    });
    body.on('error', reject);
  }).finally(() => decoders?.forEach((one) => one.destroy()));
}

/** In the order in which they are undone. */
function codingsOf(encoding: string): string[] {
  const names = encoding.toLowerCase().split(',');
  const codings = names.map((name) => name.trim().replace(/^x-/, '')).reverse();
  const bad = codings.find((coding) => unreadable.includes(coding));
  if (bad !== undefined) throw new Problem('encoding', { encoding: bad });
  // Whatever else stands there, such as "none" or "utf-8", is none that was asked for.
  return codings.filter((coding) => ['gzip', 'deflate', 'br'].includes(coding));
}

function decoder(coding: string, [first = 8]: Buffer): Transform {
  if (coding === 'br') return createBrotliDecompress();
  // Some servers send deflate without the zlib header that RFC 9110 asks for.
  return coding === 'deflate' && (first & 15) !== 8 ? createInflateRaw() : createUnzip();
}

function connect(
  decoders: readonly Transform[],
  take: (data: Buffer) => void,
  end: () => void,
  failed: (error: Error) => void,
): void {
  decoders.forEach((one, i) => {
    one.on('error', failed);
    if (i > 0) decoders[i - 1]!.pipe(one);
  });
  decoders.at(-1)!.on('data', take).on('end', end);
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('tooLarge', { megabytes: maxBytes / 1e6 });
}
