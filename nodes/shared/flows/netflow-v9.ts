import type { TemplateField } from './fields.ts';
import { decodeRecords, type SetContext, takeTemplate } from './template-sets.ts';

const headerLength = 20;
/** the scope "interface" of options (RFC 3954, section 6.1), and the field that says the same */
const [interfaceScope, inputField] = [2, 10];
/** a field that means nothing here */
const noField = 0;

/** What the header of a datagram of NetFlow v9 tells. */
export interface V9Header {
  uptime: number;
  exportedAt: number;
  sequence: number;
  domain: number;
}

/** Reads a header (RFC 3954, section 5.1); undefined where a datagram is too short for one. */
export function v9Header(data: Buffer): V9Header | undefined {
  if (data.length < headerLength) return undefined;
  return {
    uptime: data.readUInt32BE(4),
    exportedAt: data.readUInt32BE(8) * 1000,
    sequence: data.readUInt32BE(12),
    domain: data.readUInt32BE(16),
  };
}

/** Decodes the sets of a datagram. Returns how many records it has; undefined where some have no template yet. */
export function decodeV9(data: Buffer, context: SetContext): number | undefined {
  const { tally } = context.exporter;
  let records: number | undefined = 0;
  let at = headerLength;
  while (at + 4 <= data.length) {
    const id = data.readUInt16BE(at);
    const length = data.readUInt16BE(at + 2);
    // Zeros fill up some datagrams: read as sets, they would never end.
    if (id === 0 && length === 0) break;
    if (length < 4 || at + length > data.length) {
      tally.malformed++;
      break;
    }
    const [from, end] = [at + 4, at + length];
    let count: number | undefined = 0;
    if (id === 0) {
      count = templates(context, data, from, end);
    } else if (id === 1) {
      count = optionTemplates(context, data, from, end);
    } else if (id >= 256) {
      const template = context.domain.templates.get(id);
      count = decodeRecords(context, template, id, data, from, end);
    }
    records = records === undefined || count === undefined ? undefined : records + count;
    at = end;
  }
  return records;
}

function templates(context: SetContext, data: Buffer, from: number, end: number): number {
  let count = 0;
  let at = from;
  while (at + 4 <= end) {
    const id = data.readUInt16BE(at);
    const fields = data.readUInt16BE(at + 2);
    const next = at + 4 + fields * 4;
    // Zeros after the last one are padding.
    if (id < 256) break;
    if (next > end) {
      context.exporter.tally.malformed++;
      break;
    }
    takeTemplate(context, id, false, fieldsAt(data, at + 4, fields));
    count++;
    at = next;
  }
  return count;
}

function optionTemplates(context: SetContext, data: Buffer, from: number, end: number): number {
  let count = 0;
  let at = from;
  while (at + 6 <= end) {
    const id = data.readUInt16BE(at);
    const [scopes, options] = [data.readUInt16BE(at + 2) >> 2, data.readUInt16BE(at + 4) >> 2];
    const next = at + 6 + (scopes + options) * 4;
    if (id < 256) break;
    if (next > end) {
      context.exporter.tally.malformed++;
      break;
    }
    const scope = fieldsAt(data, at + 6, scopes).map(({ id: type, length }) => ({
      id: type === interfaceScope ? inputField : noField,
      length,
    }));
    takeTemplate(context, id, true, [...scope, ...fieldsAt(data, at + 6 + scopes * 4, options)]);
    count++;
    at = next;
  }
  return count;
}

function fieldsAt(data: Buffer, from: number, count: number): TemplateField[] {
  return Array.from({ length: count }, (_, i) => ({
    id: data.readUInt16BE(from + i * 4),
    length: data.readUInt16BE(from + i * 4 + 2),
  }));
}
