import * as check from '../../shared/check.ts';
import type { FieldSet } from '../field-set.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { checkPort, type PortField } from '../service-check/port.ts';

/** Beyond its limits a time server is up but degraded. */
export interface NtpLimits {
  /** ms that its clock may be ahead or behind; 0 for none */
  maxOffset: number;
  /** 0 for none */
  maxStratum: number;
}

export interface NtpFields extends Pick<Limits, 'maxLatency'>, NtpLimits {
  /** for addresses that carry none */
  port: PortField;
}

const defaults: NtpFields = {
  port: '',
  maxLatency: limitDefaults.maxLatency,
  maxOffset: 100,
  maxStratum: 0,
};

const checks = {
  port: checkPort,
  maxLatency: limitChecks.maxLatency,
  // Accesses of before know neither of these.
  maxOffset: (value: unknown) =>
    check.number('maxOffset', value ?? defaults.maxOffset, { min: 0, max: 86_400_000 }),
  maxStratum: (value: unknown) =>
    check.number('maxStratum', value ?? defaults.maxStratum, { min: 0, max: 15, integer: true }),
};

export const ntpFields: FieldSet<NtpFields, typeof checks> = {
  defaults,
  checks,
  usualPort: 123,
};
