import type { FieldSet } from '../field-set.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { checkPort, type PortField } from '../service-check/port.ts';

export interface TcpFields extends Pick<Limits, 'maxLatency'> {
  /** for addresses that carry none */
  port: PortField;
}

const checks = { port: checkPort, maxLatency: limitChecks.maxLatency };

export const tcpFields: FieldSet<TcpFields, typeof checks> = {
  defaults: { port: '', maxLatency: limitDefaults.maxLatency },
  checks,
};
