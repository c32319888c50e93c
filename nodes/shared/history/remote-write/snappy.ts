import { ByteWriter } from '../store/bytes.ts';

/** bytes that a literal takes at most here, so that its length is two bytes long */
const longest = 65_536;

/**
 * Bytes in Snappy's block format, as literals: it is what remote write asks for, and any receiver reads it.
 * https://github.com/google/snappy/blob/main/format_description.txt
 */
export function snappy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(bytes.length + 64);
  writer.varint(bytes.length);
  for (let at = 0; at < bytes.length; at += longest) {
    const literal = bytes.subarray(at, at + longest);
    const length = literal.length - 1;
    // 61 says that the length is in the next two bytes; a short one is in the tag itself.
    if (length < 60) {
      writer.byte(length << 2);
    } else {
      writer.byte(61 << 2);
      writer.byte(length & 255);
      writer.byte(length >> 8);
    }
    writer.put(literal);
  }
  return writer.bytes();
}
