import type { Count } from '../../contract/snapshot.ts';
import { foreignText } from '../../shared/text.ts';
import type { Cell } from './varbind.ts';

type Value = Cell | undefined;

const tags = { integer: 2, octets: 4, oid: 6, address: 64, ticks: 67, counter64: 70 } as const;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

/** characters of a device's text that are kept */
const maxText = 255;

/** The number of an integer, gauge or time; undefined for anything else. */
export function number(value: Value): number | undefined {
  return typeof value?.value === 'number' ? value.value : undefined;
}

/** The number of a counter of 32 or 64 bits, exact; undefined for anything else. */
export function count(value: Value): Count | undefined {
  if (!value) return undefined;
  if (value.type === tags.counter64 && value.value instanceof Uint8Array) {
    return unsigned(value.value);
  }
  return typeof value.value === 'bigint' ? value.value : number(value);
}

/** A value to be kept, without its place and the packet that a Counter64 is a part of: there may be very many. */
export function kept({ type, value }: Cell): Cell {
  return { type, value: type === tags.counter64 ? (count({ type, value }) ?? null) : value };
}

// As many bytes as it takes, with a ninth of 0 where the first bit is set (X.690, 8.3). Some agents
// leave that one out.
function unsigned(bytes: Uint8Array): Count | undefined {
  if (bytes.length === 0 || bytes.length > 9) return undefined;
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  if (value <= Number.MAX_SAFE_INTEGER) return value;
  let exact = 0n;
  for (const byte of bytes) exact = (exact << 8n) | BigInt(byte);
  return exact < 1n << 64n ? exact : undefined;
}

/** Seconds of a TimeTicks value. */
export function seconds(value: Value): number | undefined {
  return value?.type === tags.ticks ? (value.value as number) / 100 : undefined;
}

/**
 * A device's text on one line without control characters, for people: UTF-8 where it is that, else
 * Latin-1. Empty where there is none.
 */
export function text(value: Value): string {
  if (!(value?.value instanceof Uint8Array)) return '';
  const bytes = value.value.subarray(0, 4 * maxText);
  return foreignText(decode(bytes), maxText);
}

function decode(bytes: Uint8Array): string {
  const padding = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const filled = bytes.subarray(0, padding);
  for (const part of [filled, withoutCutCharacter(filled)]) {
    try {
      return utf8.decode(part);
    } catch {
      // Latin-1, or cut.
    }
  }
  return latin1.decode(filled);
}

/** bytes at which devices cut their texts */
const fields = new Set([15, 16, 20, 31, 32, 63, 64, 127, 128, 254, 255, 4 * maxText]);

// Without the beginning of a UTF-8 character at the end (RFC 3629, 3). A single byte that may begin one
// may be a letter of Latin-1 too: it is where all others are ASCII and the text fills no field.
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  const start = bytes.findLastIndex((byte) => byte < 0x80 || byte >= 0xc0);
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  const there = bytes.length - start;
  if (lead > 0xf4 || there >= length) return bytes;
  const whole = bytes.subarray(0, start);
  const latin = there === 1 && !fields.has(bytes.length) && whole.every((byte) => byte < 0x80);
  return latin ? bytes : whole;
}

/** Any value as a label: text, number or OID; bytes that are no text as hex, as of a MAC address. */
export function label(value: Value): string {
  if (!value || value.value === null) return '';
  if (value.type === tags.counter64) return String(count(value) ?? '');
  if (!(value.value instanceof Uint8Array)) return String(value.value);
  return isText(value.value) ? text(value) : hex(value.value);
}

// A zero at the end is how C writes texts.
function isText(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte, i) => byte >= 32 || byte === 9 || (byte === 0 && i === bytes.length - 1),
  );
}

/** Bytes as a MAC address is written: `00:1b:21:3c:4d:5e`. */
function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/**
 * The number that a value stands for: also one written as text, as many vendors do for what has a
 * fraction. Undefined where it is none.
 */
export function measured(value: Value): Count | undefined {
  const plain = count(value);
  if (plain !== undefined) return plain;
  const match = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?/.exec(text(value));
  return match ? Number(match[0]) : undefined;
}
