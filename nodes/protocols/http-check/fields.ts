import * as check from '../../shared/check.ts';
import { FieldProblem } from '../../shared/problem.ts';
import type { FieldSet } from '../field-set.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import { webChecks, webDefaults, type WebFields } from '../web/fields.ts';
import { parseStatuses } from './statuses.ts';

const methods = ['GET', 'HEAD'] as const;

export interface HttpCheckFields extends WebFields, Pick<Limits, 'maxLatency'> {
  /** HEAD asks for no body, so the conditions on the body do not hold for it */
  method: (typeof methods)[number];
  /** such as `200-299, 304` */
  expectedStatus: string;
  /** what the body must contain, with `*` for any characters; may be empty */
  bodyContains: string;
  /** what it must not contain, likewise */
  bodyLacks: string;
  /** JSONata that must be true of the body, as JSON: `status = "ok"`; may be empty */
  jsonCondition: string;
}

const optional = (field: string, value: unknown) =>
  value === '' || value === undefined ? '' : check.text(field, value);

const checks = {
  ...webChecks,
  maxLatency: limitChecks.maxLatency,
  method: (value: unknown) => check.oneOf('method', value, methods),
  expectedStatus: (value: unknown) => parseStatuses('expectedStatus', value),
  bodyContains: (value: unknown) => optional('bodyContains', value),
  bodyLacks: (value: unknown) => optional('bodyLacks', value),
  jsonCondition(value: unknown) {
    if (value === undefined || (typeof value === 'string' && value.trim() === '')) return '';
    if (typeof value !== 'string') throw new FieldProblem('jsonCondition', 'text', value);
    return value;
  },
};

export const httpCheckFields: FieldSet<HttpCheckFields, typeof checks> = {
  defaults: {
    ...webDefaults,
    url: 'https://{address}/',
    method: 'GET',
    expectedStatus: '200-299',
    bodyContains: '',
    bodyLacks: '',
    jsonCondition: '',
    maxLatency: limitDefaults.maxLatency,
  },
  checks,
  expressions: { jsonCondition: () => true },
};
