// The body of a request of Prometheus' remote write 1.0, which is a message of protobuf:
// https://prometheus.io/docs/specs/prw/remote_write_spec/
//   WriteRequest { repeated TimeSeries timeseries = 1; }
//   TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; }
//   Label { string name = 1; string value = 2; }
//   Sample { double value = 1; int64 timestamp = 2; }

import { prometheusLabels, prometheusName } from '../prometheus-names.ts';
import { ByteWriter } from '../store/bytes.ts';

/** Samples of one series. */
export interface RemoteSeries {
  /** see {@link encodeLabels} */
  labels: Uint8Array;
  /** ms since the Unix epoch, in order, none twice */
  times: readonly number[];
  values: readonly number[];
}

/** fields that hold bytes, by their numbers */
const bytesField = (number: number) => (number << 3) | 2;
const text = new TextEncoder();

/**
 * The labels of a series, its name among them, as they stand in the message: sorted, none twice.
 * @param added to what has no such label
 */
export function encodeLabels(
  { metric, labels }: { metric: string; labels: Readonly<Record<string, string>> },
  added: Readonly<Record<string, string>>,
): Uint8Array {
  const writer = new ByteWriter(256);
  const named: [string, string] = ['__name__', prometheusName(metric)];
  const all = [named, ...prometheusLabels({ ...added, ...labels })];
  for (const pair of all.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const label = new ByteWriter(64);
    for (const [i, part] of pair.entries()) putBytes(label, i + 1, text.encode(part));
    putBytes(writer, 1, label.bytes());
  }
  return writer.bytes();
}

/** The message, not compressed. */
export function encodeWriteRequest(series: Iterable<RemoteSeries>): Uint8Array {
  const writer = new ByteWriter(65_536);
  for (const { labels, times, values } of series) {
    const one = new ByteWriter(labels.length + times.length * 20);
    one.put(labels);
    for (const [i, time] of times.entries()) {
      const sample = new ByteWriter(20);
      // 1 is a field of 8 bytes, 0 a number of any length.
      sample.byte((1 << 3) | 1);
      sample.double(values[i]!);
      sample.byte(2 << 3);
      sample.varint(time);
      putBytes(one, 2, sample.bytes());
    }
    putBytes(writer, 1, one.bytes());
  }
  return writer.bytes();
}

function putBytes(writer: ByteWriter, field: number, bytes: Uint8Array): void {
  writer.byte(bytesField(field));
  writer.varint(bytes.length);
  writer.put(bytes);
}
