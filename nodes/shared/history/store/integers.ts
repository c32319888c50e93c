import { ByteReader, ByteWriter } from './bytes.ts';

// A list of whole numbers in few bits: frame of reference with exceptions, as in "Super-Scalar RAM-CPU
// Cache Compression" (Zukowski and others, 2006), on the numbers or on their differences, whichever is
// smaller. What most of them share, a common divisor, is taken out first.

/** numbers above may lose their last digit in a difference */
const most = 2 ** 52;

/** Whether a value can be packed: whole, of at most 52 bits, and not -0. */
export function isPackable(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < most && !Object.is(value, -0);
}

/** Packs a list of numbers, each {@link isPackable}. */
export function packIntegers(values: ArrayLike<number>): Uint8Array {
  const plain = pack(values, 0);
  if (values.length < 3) return plain;
  const differences = new Float64Array(values.length);
  differences[0] = values[0]!;
  for (let i = 1; i < values.length; i++) {
    differences[i] = values[i]! - values[i - 1]!;
    if (Math.abs(differences[i]!) >= most) return plain;
  }
  // The first is no difference, and would stretch the frame of all others.
  const first = differences[0];
  differences[0] = differences[1]!;
  const byDifference = pack(differences, 1, first);
  return byDifference.length < plain.length ? byDifference : plain;
}

/** The numbers that {@link packIntegers} packed. Throws a RangeError where the bytes are none of it. */
export function unpackIntegers(bytes: Uint8Array): Float64Array {
  const reader = new ByteReader(bytes);
  const count = reader.varint();
  if (count > 1 << 24) throw new RangeError('too many numbers');
  const values = new Float64Array(count);
  if (count === 0) return values;
  const mode = reader.byte();
  const first = mode === 1 ? reader.signed() : 0;
  const base = reader.signed();
  const divisor = reader.varint();
  const width = reader.byte();
  if (width > 53) throw new RangeError('numbers of too many bits');
  const exceptions = reader.varint();
  reader.bits(values, width);
  let at = 0;
  for (let i = 0; i < exceptions; i++) {
    at += reader.varint();
    if (at >= count) throw new RangeError('an exception beyond the end');
    values[at] = reader.varint();
  }
  for (let i = 0; i < count; i++) values[i] = values[i]! * divisor + base;
  if (mode === 1) {
    values[0] = first;
    for (let i = 1; i < count; i++) values[i] = values[i]! + values[i - 1]!;
  }
  return values;
}

function pack(values: ArrayLike<number>, mode: 0 | 1, first = 0): Uint8Array {
  const count = values.length;
  const writer = new ByteWriter(count * 2 + 32);
  writer.varint(count);
  if (count === 0) return writer.bytes();
  writer.byte(mode);
  if (mode === 1) writer.signed(first);
  let base = values[0]!;
  for (let i = 1; i < count; i++) if (values[i]! < base) base = values[i]!;
  let divisor = 0;
  for (let i = 0; i < count && divisor !== 1; i++) divisor = gcd(values[i]! - base, divisor);
  divisor ||= 1;
  const offsets = new Float64Array(count);
  const sizes = new Uint32Array(54);
  for (let i = 0; i < count; i++) {
    offsets[i] = (values[i]! - base) / divisor;
    sizes[bitsOf(offsets[i]!)]!++;
  }
  const width = bestWidth(sizes, count);
  writer.signed(base);
  writer.varint(divisor);
  writer.byte(width);
  const limit = 2 ** width;
  const exceptions: number[] = [];
  for (let i = 0; i < count; i++) if (offsets[i]! >= limit) exceptions.push(i);
  writer.varint(exceptions.length);
  const large = exceptions.map((i) => offsets[i]!);
  for (const i of exceptions) offsets[i] = 0;
  writer.bits(offsets, width);
  let at = 0;
  for (const [n, i] of exceptions.entries()) {
    writer.varint(i - at);
    writer.varint(large[n]!);
    at = i;
  }
  return writer.bytes();
}

// The number of bits at which the frame and its exceptions take the least.
function bestWidth(sizes: Uint32Array, count: number): number {
  let best = 53;
  let least = Infinity;
  let above = 0;
  let bytesAbove = 0;
  for (let width = 53; width >= 0; width--) {
    // An exception takes its place and its value.
    const bytes = Math.ceil((width * count) / 8) + bytesAbove + above;
    if (bytes <= least) {
      least = bytes;
      best = width;
    }
    above += sizes[width]!;
    bytesAbove += sizes[width]! * Math.ceil(Math.max(width, 1) / 7);
  }
  return best;
}

function bitsOf(value: number): number {
  if (value < 2 ** 32) return 32 - Math.clz32(value);
  return 64 - Math.clz32(Math.floor(value / 2 ** 32));
}

function gcd(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
