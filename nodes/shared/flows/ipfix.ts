import type { TemplateField } from './fields.ts';
import { decodeRecords, type SetContext, takeTemplate } from './template-sets.ts';

const headerLength = 16;

/** What the header of an IPFIX message tells. */
export interface IpfixHeader {
  length: number;
  exportedAt: number;
  sequence: number;
  domain: number;
}

/** Reads a header (RFC 7011, section 3.1); undefined where a datagram is too short for one. */
export function ipfixHeader(data: Buffer): IpfixHeader | undefined {
  if (data.length < headerLength) return undefined;
  return {
    length: data.readUInt16BE(2),
    exportedAt: data.readUInt32BE(4) * 1000,
    sequence: data.readUInt32BE(8),
    domain: data.readUInt32BE(12),
  };
}

/**
 * Decodes the sets of a message. Returns how many data records it has, which its number counts; undefined where some
 * have no template yet.
 */
export function decodeIpfix(
  data: Buffer,
  { length: told }: IpfixHeader,
  context: SetContext,
): number | undefined {
  const { tally } = context.exporter;
  let records: number | undefined = 0;
  const whole = Math.min(told, data.length);
  if (told > data.length || told < headerLength) tally.malformed++;
  let at = headerLength;
  while (at + 4 <= whole) {
    const id = data.readUInt16BE(at);
    const length = data.readUInt16BE(at + 2);
    if (length < 4 || at + length > whole) {
      tally.malformed++;
      break;
    }
    const [from, end] = [at + 4, at + length];
    if (id === 2 || id === 3) {
      templates(context, id === 3, data, from, end);
    } else if (id >= 256) {
      const template = context.domain.templates.get(id);
      const count = decodeRecords(context, template, id, data, from, end);
      records = records === undefined || count === undefined ? undefined : records + count;
    }
    at = end;
  }
  return records;
}

function templates(
  context: SetContext,
  isOptions: boolean,
  data: Buffer,
  from: number,
  end: number,
): void {
  let at = from;
  while (at + 4 <= end) {
    const id = data.readUInt16BE(at);
    const count = data.readUInt16BE(at + 2);
    at += 4;
    if (count === 0) {
      // One of no fields is taken back; under the number of its set, all are (section 8.1).
      if (id === 2 || id === 3) context.domain.templates.withdrawAll(isOptions);
      else if (id >= 256) context.domain.templates.withdraw(id);
      else break;
      continue;
    }
    if (id < 256) break;
    // Of options, the number of scope fields comes first; they are fields like the others.
    if (isOptions) at += 2;
    const fields: TemplateField[] = [];
    for (let i = 0; i < count && at + 4 <= end; i++) {
      const told = data.readUInt16BE(at);
      const field = { id: told & 0x7fff, length: data.readUInt16BE(at + 2) };
      at += 4;
      if (told < 0x8000) {
        fields.push(field);
      } else {
        if (at + 4 > end) break;
        fields.push({ ...field, enterprise: data.readUInt32BE(at) });
        at += 4;
      }
    }
    if (fields.length < count) {
      context.exporter.tally.malformed++;
      break;
    }
    takeTemplate(context, id, isOptions, fields);
  }
}
