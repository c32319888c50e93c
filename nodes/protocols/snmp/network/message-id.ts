const integer = 0x02;
const sequence = 0x30;

interface Item {
  tag: number;
  start: number;
  end: number;
}

/**
 * The number by which an answer belongs to its request: the msgID of version 3 (RFC 3412, 6), else the
 * request-id (RFC 3416, 3). Undefined where there is none.
 */
export function messageId(data: Buffer): number | undefined {
  const version = itemAt(data, itemAt(data, 0, sequence)?.start, integer);
  const next = itemAt(data, version?.end);
  const holder = next?.tag === sequence ? next : itemAt(data, next?.end);
  const id = itemAt(data, holder?.start, integer);
  if (!id || id.end - id.start > 6 || id.end <= id.start) return undefined;
  return data.readIntBE(id.start, id.end - id.start);
}

/** Whether a packet holds a message as a whole, as its length tells: none that was cut short. */
export function isWhole(data: Buffer): boolean {
  return itemAt(data, 0, sequence) !== undefined;
}

// One item of BER (X.690, 8.1).
function itemAt(data: Buffer, at: number | undefined, tag?: number): Item | undefined {
  if (at === undefined || at + 2 > data.length) return undefined;
  const found = data[at]!;
  let start = at + 2;
  let length = data[at + 1]!;
  if (length > 127) {
    const size = length & 127;
    if (size === 0 || size > 4 || start + size > data.length) return undefined;
    length = data.readUIntBE(start, size);
    start += size;
  }
  const end = start + length;
  if (end > data.length || (tag !== undefined && found !== tag)) return undefined;
  return { tag: found, start, end };
}
