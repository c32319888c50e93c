import { FieldProblem } from '../../shared/problem.ts';
import type { FieldSet } from '../field-set.ts';
import { webChecks, webDefaults, type WebFields } from '../web/fields.ts';

export interface HttpFields extends WebFields {
  /** JSON to send with a POST request; a GET request where it is empty */
  body: string;
}

const checks = {
  ...webChecks,
  body(value: unknown) {
    if (value === '' || value === undefined) return '';
    try {
      JSON.parse(value as string);
    } catch {
      throw new FieldProblem('body', 'json', value);
    }
    return value as string;
  },
};

export const httpFields: FieldSet<HttpFields, typeof checks> = {
  defaults: { ...webDefaults, url: 'https://{address}/api/v1/interfaces/metrics', body: '' },
  checks,
};
