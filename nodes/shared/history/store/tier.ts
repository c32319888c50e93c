import { ByteReader, ByteWriter } from './bytes.ts';
import { packIntegers, unpackIntegers } from './integers.ts';
import type { Summary } from './summary.ts';
import { decodeValues, encodeValues } from './values.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type TierName = 'raw' | '5m' | '1h';

/** One resolution that history is kept in. */
export interface Tier {
  name: TierName;
  /** ms that a point stands for; 0 for readings as they came */
  step: number;
  /** ms of time in one file: whole files are removed when they are too old */
  partition: number;
  /** ms of time in one row */
  chunk: number;
}

export const tiers: Readonly<Record<TierName, Tier>> = {
  raw: { name: 'raw', step: 0, partition: 7 * day, chunk: 7 * day },
  '5m': { name: '5m', step: 5 * minute, partition: 91 * day, chunk: day },
  '1h': { name: '1h', step: hour, partition: 364 * day, chunk: 28 * day },
};

const fields = ['count', 'sum', 'min', 'max', 'first', 'last'] as const;

/** Encodes the summaries of a chunk, by the starts of their spans. */
export function encodeSummaries(spans: ReadonlyMap<number, Summary>): Uint8Array {
  const starts = [...spans.keys()].sort((a, b) => a - b);
  const rows = starts.map((start) => spans.get(start)!);
  const writer = new ByteWriter(256);
  const put = (bytes: Uint8Array) => {
    writer.varint(bytes.length);
    writer.put(bytes);
  };
  put(packIntegers(starts));
  put(packIntegers(rows.map(({ firstTime }, i) => firstTime - starts[i]!)));
  put(packIntegers(rows.map(({ lastTime }, i) => lastTime - starts[i]!)));
  for (const field of fields) put(encodeValues(Float64Array.from(rows, (row) => row[field])));
  return writer.bytes();
}

/** Decodes what {@link encodeSummaries} encoded. Throws where it is none of it. */
export function decodeSummaries(bytes: Uint8Array): Map<number, Summary> {
  const reader = new ByteReader(bytes);
  const part = () => reader.take(reader.varint());
  const starts = unpackIntegers(part());
  const firsts = unpackIntegers(part());
  const lasts = unpackIntegers(part());
  const columns = fields.map(() => decodeValues(part()));
  const spans = new Map<number, Summary>();
  for (const [i, start] of starts.entries()) {
    const [count, sum, min, max, first, last] = columns.map((column) => column[i]!) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const [firstTime, lastTime] = [start + firsts[i]!, start + lasts[i]!];
    spans.set(start, { count, sum, min, max, firstTime, first, lastTime, last });
  }
  return spans;
}
