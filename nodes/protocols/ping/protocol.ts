import { Problem } from '../../shared/problem.ts';
import type { Protocol } from '../protocol.ts';
import { checked } from '../service-check/answer.ts';
import { type PingFields, pingFields } from './fields.ts';
import { readPing } from './output.ts';
import { pingSamples } from './statistics.ts';
import type { PingNetwork } from './transport.ts';

const { checks } = pingFields;

/** s to read ping's output before the poll's own limit */
const margin = 0.25;

/** ICMP echo through the system's ping: whether a device is there, how far away and how steadily. */
export const ping: Protocol<PingFields, PingFields, PingNetwork> = {
  settings: (fields) => ({
    packets: checks.packets(fields.packets),
    maxLatency: checks.maxLatency(fields.maxLatency),
    maxLoss: checks.maxLoss(fields.maxLoss),
  }),
  open: ({ packets, ...limits }, _, network) => ({
    async poll({ host }, signal, { seconds }) {
      const limit = Math.max(seconds - margin, seconds / 2) * 1000;
      const result = readPing(await network.ping({ host, packets, limit }, signal), host);
      const down =
        result.received === 0 ? new Problem('noReply', { packets: result.sent }) : undefined;
      return checked(network.now(), pingSamples(result), limits, down);
    },
    asks: () => ({ check: 'Ping' }),
    close: () => Promise.resolve(),
  }),
};
