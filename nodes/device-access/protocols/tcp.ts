import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { checkPort, type PortField, portOf } from '../service-check/port.ts';
import type { Protocol } from './protocol.ts';

export interface TcpFields extends Pick<Limits, 'maxLatency'> {
  /** for addresses that carry none */
  port: PortField;
}

const checks = { port: checkPort, maxLatency: limitChecks.maxLatency };

/** Whether a TCP port takes connections, and how long that takes. */
export const tcp: Protocol<TcpFields, TcpFields> = {
  defaults: { port: '', maxLatency: limitDefaults.maxLatency },
  checks,
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
