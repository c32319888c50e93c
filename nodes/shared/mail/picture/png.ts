import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import { inSlices } from '../../in-slices.ts';
import type { IndexedImage } from './indexed-image.ts';

const compress = promisify(deflate);
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A picture as a PNG file of 4 bits a pixel (W3C PNG, third edition, sections 5 and 11). It is compressed in a thread
 * of Node.js' own, so that it holds nobody up.
 */
export async function toPng({ width, height, palette, pixels }: IndexedImage): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 4; // bits a pixel
  header[9] = 3; // its colour is a place in the palette
  const rows = await compress(await inSlices(packed(width, height, pixels)));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

// Two pixels a byte, the left one in its upper half; each row begins with its filter, which is none.
function* packed(width: number, height: number, pixels: Uint8Array): Generator<void, Buffer> {
  const length = 1 + Math.ceil(width / 2);
  const rows = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++) {
    let at = y * length + 1;
    for (let x = 0; x < width; x += 2) {
      const right = x + 1 < width ? pixels[y * width + x + 1]! : 0;
      rows[at++] = (pixels[y * width + x]! << 4) | right;
    }
    yield;
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
