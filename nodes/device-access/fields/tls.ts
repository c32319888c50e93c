import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { checkPort, type PortField } from '../service-check/port.ts';
import type { FieldSet } from './field-set.ts';
import { webChecks, webDefaults, type WebFields } from './web.ts';

export interface TlsFields extends Pick<Limits, 'maxLatency'>, Pick<WebFields, 'verify' | 'ca'> {
  /** for addresses that carry none */
  port: PortField;
}

const checks = {
  port: checkPort,
  verify: webChecks.verify,
  ca: webChecks.ca,
  maxLatency: limitChecks.maxLatency,
};

export const tlsFields = {
  defaults: {
    port: '',
    verify: webDefaults.verify,
    ca: webDefaults.ca,
    maxLatency: limitDefaults.maxLatency,
  },
  checks,
} satisfies FieldSet<TlsFields>;
