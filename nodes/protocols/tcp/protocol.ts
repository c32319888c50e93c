import { type TcpFields, tcpFields } from './fields.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { portOf } from '../service-check/port.ts';
import type { Protocol } from '../protocol.ts';

const { checks } = tcpFields;

/** Whether a TCP port takes connections, and how long that takes. */
export const tcp: Protocol<TcpFields, TcpFields> = {
  settings: (fields) => ({
    port: checks.port(fields.port),
    maxLatency: checks.maxLatency(fields.maxLatency),
  }),
  open: ({ port, ...limits }, _, transports) => ({
    async poll(address, signal) {
      const latency = await transports.tcp(address.host, portOf(address, port), signal);
      return checked(transports.now(), [sample('latency', latency)], limits);
    },
    close: () => Promise.resolve(),
  }),
};
