import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, inflateRaw, unzip } from 'node:zlib';
import { Problem } from '../../shared/problem.ts';

const decoders = {
  gzip: promisify(unzip),
  deflate: promisify(unzip),
  'raw deflate': promisify(inflateRaw),
  br: promisify(brotliDecompress),
};

/**
 * The whole of a body as text. Rejects as soon as the body, or what it is decompressed to, is larger
 * than `maxBytes`; the body must be destroyed then.
 * @param encoding the header `content-encoding`
 */
export async function readBody(
  body: Readable,
  encoding: string,
  maxBytes: number,
): Promise<string> {
  const decode = decoder(encoding);
  return (await decode(await collect(body, maxBytes), maxBytes)).toString('utf8');
}

// By events: iterating over the stream costs more.
function collect(body: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > maxBytes) reject(tooLarge(maxBytes));
    });
    body.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)));
    body.on('error', reject);
  });
}

function decoder(encoding: string): (data: Buffer, maxBytes: number) => Promise<Buffer> | Buffer {
  const name = encoding === 'x-gzip' ? 'gzip' : encoding;
  if (name === '' || name === 'identity') return (data) => data;
  if (name !== 'gzip' && name !== 'deflate' && name !== 'br')
    throw new Problem('encoding', { encoding });
  return async (data, maxBytes) => {
    // Some servers send deflate without the zlib header that RFC 9110 asks for.
    const raw = name === 'deflate' && ((data[0] ?? 8) & 15) !== 8;
    try {
      return await decoders[raw ? 'raw deflate' : name](data, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        throw tooLarge(maxBytes);
      throw new Problem('compressed', { reason: (error as Error).message });
    }
  };
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('tooLarge', { megabytes: maxBytes / 1e6 });
}
