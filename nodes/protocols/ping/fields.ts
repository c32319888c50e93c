import * as check from '../../shared/check.ts';
import type { FieldSet } from '../field-set.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';

export interface PingFields extends Limits {
  /** how many to send in a poll */
  packets: number;
}

const checks = {
  ...limitChecks,
  packets: (value: unknown) => check.number('packets', value, { min: 1, max: 20, integer: true }),
};

export const pingFields: FieldSet<PingFields, typeof checks> = {
  defaults: { ...limitDefaults, packets: 5 },
  checks,
};
