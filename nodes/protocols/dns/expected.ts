import { isIPv6, SocketAddress } from 'node:net';
import { domainToASCII } from 'node:url';
import type { RecordType } from './fields.ts';

/**
 * Whether a record is the one that is expected. Of a TXT record it may be a part; else whole values are
 * compared, so that 10.0.0.1 is not 10.0.0.10: all of a record, as in `10 mail.example.org`, or the one of
 * its values that matters, as in `mail.example.org`. Names are the same in any case, with or without the
 * root's dot and in either form of IDNA; so is an IPv6 address in any of its forms.
 * @param record as a text, its values parted by a blank
 */
export function isExpected(type: RecordType, record: string, expected: string): boolean {
  if (expected === '') return true;
  if (type === 'TXT') return record.includes(expected);
  const values = record.split(' ').map(normal);
  const wanted = expected.trim().split(/\s+/).map(normal);
  return values.some((_, at) => wanted.every((value, i) => values[at + i] === value));
}

function normal(value: string): string {
  if (isIPv6(value)) return new SocketAddress({ address: value, family: 'ipv6' }).address;
  const name = value.replace(/(?<=.)\.$/, '').toLowerCase();
  // Not every name is one of a host: those with _ stay as they are.
  return domainToASCII(name) || name;
}
