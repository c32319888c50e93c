import { ByteReader } from '../../nodes/shared/history/store/bytes.ts';

/** One sample as a receiver of remote write has it. */
export interface Received {
  labels: Record<string, string>;
  time: number;
  value: number;
}

/** What a request of remote write 1.0 holds. Throws where it is none. */
export function decodeWriteRequest(body: Uint8Array): Received[] {
  const received: Received[] = [];
  for (const series of fields(unsnappy(body), 1)) {
    const labels: Record<string, string> = {};
    for (const label of fields(series, 1)) {
      const [name, value] = [1, 2].map((field) => Buffer.from(fields(label, field)[0]!).toString());
      if (name! in labels) throw new Error(`${name} is there twice`);
      labels[name!] = value!;
    }
    const names = Object.keys(labels);
    if (names.join() !== [...names].sort().join()) throw new Error('labels are not sorted');
    for (const sample of fields(series, 2)) {
      const value = Buffer.from(sample).readDoubleLE(1);
      const reader = new ByteReader(sample.subarray(10));
      received.push({ labels, time: reader.varint(), value });
    }
  }
  return received;
}

// The values of all fields of that number, which hold bytes.
function fields(message: Uint8Array, number: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const reader = new ByteReader(message);
  for (let at = 0; at < message.length;) {
    const key = reader.varint();
    if ((key & 7) !== 2) throw new Error(`unexpected field ${key}`);
    const value = reader.take(reader.varint());
    if (key >> 3 === number) found.push(value);
    at = value.byteOffset - message.byteOffset + value.length;
  }
  return found;
}

function unsnappy(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  const whole = new Uint8Array(reader.varint());
  for (let at = 0; at < whole.length;) {
    const tag = reader.byte();
    if ((tag & 3) !== 0) throw new Error('no literal');
    const length = tag >> 2 < 60 ? tag >> 2 : reader.byte() + reader.byte() * 256;
    whole.set(reader.take(length + 1), at);
    at += length + 1;
  }
  return whole;
}
