import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isPackable, packIntegers, unpackIntegers } from './integers.ts';

// Measured values have few decimals. As whole numbers of their last digit they pack well, as the ALP
// codec does (Afroozeh, Kuffo and Boncz, "ALP: Adaptive Lossless floating-Point Compression", 2023).
// Those with all digits of a double are deflated, byte by byte of equal weight.

const maxDecimals = 12;
const powers = Array.from({ length: maxDecimals + 1 }, (_, n) => 10 ** n);
/** the first byte of what was deflated; else it is the number of decimals */
const deflated = 255;

/** Encodes finite doubles, bit by bit the same when decoded. */
export function encodeValues(values: Float64Array): Uint8Array {
  const decimals = decimalsOf(values);
  const packed = decimals === undefined ? undefined : packDecimals(values, decimals);
  // Long numbers may deflate better than they pack.
  if (packed && packed.length < values.length * 4) return packed;
  const planes = deflatePlanes(values);
  return packed && packed.length <= planes.length ? packed : planes;
}

/** Decodes what {@link encodeValues} encoded. Throws where it is none of it. */
export function decodeValues(bytes: Uint8Array): Float64Array {
  const [kind] = bytes;
  const body = bytes.subarray(1);
  if (kind === deflated) return inflatePlanes(body);
  const power = powers[kind ?? -1];
  if (power === undefined) throw new RangeError('values of an unknown kind');
  const values = unpackIntegers(body);
  if (power > 1) for (let i = 0; i < values.length; i++) values[i] = values[i]! / power;
  return values;
}

// The fewest decimals with which each value is itself.
function decimalsOf(values: Float64Array): number | undefined {
  let decimals = 0;
  for (const value of values) {
    while (!isExact(value, powers[decimals]!)) if (++decimals > maxDecimals) return undefined;
  }
  // More decimals may take an earlier value beyond what can be packed.
  return values.every((value) => isExact(value, powers[decimals]!)) ? decimals : undefined;
}

function isExact(value: number, power: number): boolean {
  const whole = Math.round(value * power);
  return isPackable(whole) && Object.is(whole / power, value);
}

function packDecimals(values: Float64Array, decimals: number): Uint8Array {
  const power = powers[decimals]!;
  return join(
    decimals,
    packIntegers(power === 1 ? values : values.map((value) => Math.round(value * power))),
  );
}

function deflatePlanes(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < values.length; i++) {
    view.setFloat64(0, values[i]!);
    for (let plane = 0; plane < 8; plane++) bytes[plane * values.length + i] = view.getUint8(plane);
  }
  return join(deflated, deflateRawSync(bytes));
}

function inflatePlanes(body: Uint8Array): Float64Array {
  const bytes = inflateRawSync(body, { maxOutputLength: 1 << 24 });
  const values = new Float64Array(bytes.length / 8);
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < values.length; i++) {
    for (let plane = 0; plane < 8; plane++) view.setUint8(plane, bytes[plane * values.length + i]!);
    values[i] = view.getFloat64(0);
  }
  return values;
}

function join(first: number, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(rest.length + 1);
  bytes[0] = first;
  bytes.set(rest, 1);
  return bytes;
}
