import { Problem, show } from '../../shared/problem.ts';
import type { Protocol } from '../protocol.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { portOf } from '../service-check/port.ts';
import { isExpected } from './expected.ts';
import { type DnsFields, dnsFields } from './fields.ts';
import type { DnsNetwork } from './transport.ts';

const { checks } = dnsFields;

/** Whether a DNS server, at the device's address, answers a question, and properly. */
export const dns: Protocol<DnsFields, DnsFields, DnsNetwork> = {
  settings: (fields) => ({
    port: checks.port(fields.port),
    queryName: checks.queryName(fields.queryName),
    queryType: checks.queryType(fields.queryType),
    expectedAnswer: checks.expectedAnswer(fields.expectedAnswer),
    maxLatency: checks.maxLatency(fields.maxLatency),
  }),
  open: ({ port, queryName, queryType, expectedAnswer, ...limits }, _, network) => ({
    async poll(address, signal) {
      const question = {
        server: address.host,
        port: portOf(address, port, dnsFields.usualPort),
        name: queryName,
        type: queryType,
      };
      const { records, duration } = await network.dns(question, signal);
      const down = records.some((record) => isExpected(queryType, record, expectedAnswer))
        ? undefined
        : new Problem('dnsAnswer', {
            answer: show(records.join(', ')),
            expected: show(expectedAnswer),
          });
      return checked(network.now(), [sample('latency', duration)], limits, down);
    },
    asks: () => ({ check: `DNS ${queryType} ${queryName}` }),
    close: () => Promise.resolve(),
  }),
};
