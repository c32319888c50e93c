import * as check from '../../shared/check.ts';
import { FieldProblem } from '../../shared/problem.ts';
import type { FieldSet } from '../field-set.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { checkPort, type PortField } from '../service-check/port.ts';

const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
export type RecordType = (typeof recordTypes)[number];

export interface DnsFields extends Pick<Limits, 'maxLatency'> {
  /** for addresses that carry none */
  port: PortField;
  /** the name to ask for */
  queryName: string;
  queryType: RecordType;
  /** what one of the records must be, or for TXT contain; empty for any answer */
  expectedAnswer: string;
}

const checks = {
  port: checkPort,
  maxLatency: limitChecks.maxLatency,
  queryName(value: unknown) {
    const name = check.text('queryName', value, { max: 253 });
    if (/\s/.test(name)) throw new FieldProblem('queryName', 'hostOrName', value);
    return name;
  },
  queryType: (value: unknown) => check.oneOf('queryType', value, recordTypes),
  expectedAnswer: (value: unknown) =>
    value === '' || value === undefined ? '' : check.text('expectedAnswer', value),
};

export const dnsFields: FieldSet<DnsFields, typeof checks> = {
  defaults: {
    port: '',
    queryName: 'example.org',
    queryType: 'A',
    expectedAnswer: '',
    maxLatency: limitDefaults.maxLatency,
  },
  checks,
  usualPort: 53,
};
