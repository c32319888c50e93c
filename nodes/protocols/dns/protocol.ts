import { type DnsFields, dnsFields } from './fields.ts';
import { isExpected } from './expected.ts';
import { Problem, show } from '../../shared/problem.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { portOf } from '../service-check/port.ts';
import type { Protocol } from '../protocol.ts';

const { checks } = dnsFields;

/** Whether a DNS server, at the device's address, answers a question, and properly. */
export const dns: Protocol<DnsFields, DnsFields> = {
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
      const down = records.some((record) => isExpected(queryType, record, expectedAnswer))
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
