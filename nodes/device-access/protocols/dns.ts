import * as check from '../../shared/check.ts';
import { FieldProblem, Problem, show } from '../../shared/problem.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { checkPort, type PortField, portOf } from '../service-check/port.ts';
import type { Protocol } from './protocol.ts';

export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
export type RecordType = (typeof recordTypes)[number];

export interface DnsFields extends Pick<Limits, 'maxLatency'> {
  /** for addresses that carry none */
  port: PortField;
  /** the name to ask for */
  queryName: string;
  queryType: RecordType;
  /** what one of the records must contain; empty for any answer */
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

/** Whether a DNS server, at the device's address, answers a question, and properly. */
export const dns: Protocol<DnsFields, DnsFields> = {
  defaults: {
    port: '',
    queryName: 'example.org',
    queryType: 'A',
    expectedAnswer: '',
    maxLatency: limitDefaults.maxLatency,
  },
  checks,
  settings: (fields) => ({
    port: checks.port(fields.port),
    queryName: checks.queryName(fields.queryName),
    queryType: checks.queryType(fields.queryType),
    expectedAnswer: checks.expectedAnswer(fields.expectedAnswer),
    maxLatency: checks.maxLatency(fields.maxLatency),
  }),
  open: ({ port, queryName, queryType, expectedAnswer, ...limits }, _, transports) => ({
    async poll(address, signal) {
      const question = {
        server: address.host,
        port: portOf(address, port, 53),
        name: queryName,
        type: queryType,
      };
      const { records, duration } = await transports.dns(question, signal);
      const down = records.some((record) => record.includes(expectedAnswer))
        ? undefined
        : new Problem('dnsAnswer', {
            answer: show(records.join(', ')),
            expected: show(expectedAnswer),
          });
      return checked(transports.now(), [sample('latency', duration)], limits, down);
    },
    close: () => Promise.resolve(),
  }),
};
