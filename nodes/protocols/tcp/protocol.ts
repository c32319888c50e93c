import type { Protocol } from '../protocol.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { portOf } from '../service-check/port.ts';
import { type TcpFields, tcpFields } from './fields.ts';
import type { TcpNetwork } from './transport.ts';

const { checks } = tcpFields;

/** Whether a TCP port takes connections, and how long that takes. */
export const tcp: Protocol<TcpFields, TcpFields, TcpNetwork> = {
  settings: (fields) => ({
    port: checks.port(fields.port),
    maxLatency: checks.maxLatency(fields.maxLatency),
  }),
  open: ({ port, ...limits }, _, network) => ({
    async poll(address, signal) {
      const latency = await network.tcp(address.host, portOf(address, port), signal);
      return checked(network.now(), [sample('latency', latency)], limits);
    },
    asks: (address) => ({ check: `TCP ${address.port ?? port}`.trim() }),
    close: () => Promise.resolve(),
  }),
};
