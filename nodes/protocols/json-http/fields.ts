import * as check from '../../shared/check.ts';
import { FieldProblem } from '../../shared/problem.ts';
import type { FieldSet } from '../field-set.ts';
import { webChecks, webDefaults, type WebFields } from '../web/fields.ts';
import { mappings } from './mappings/index.ts';

export const mappingTypes = ['netmon', 'vendor', 'jsonata'] as const;

/** How what a device answers becomes a document. */
export interface MappingFields {
  /** netmon where it is one */
  mappingType: (typeof mappingTypes)[number];
  /** a JSONata expression, or the name of a vendor's mapping; unused where the type is netmon */
  mapping: string;
}

export interface HttpFields extends WebFields, MappingFields {
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
  // Older configs lack both.
  mappingType: (value: unknown) => check.oneOf('mapping', value ?? 'netmon', mappingTypes),
  mapping(value: unknown, { mappingType }: Pick<MappingFields, 'mappingType'>) {
    switch (checks.mappingType(mappingType)) {
      case 'netmon':
        return '';
      case 'vendor':
        return check.oneOf('mapping', value, Object.keys(mappings));
      case 'jsonata':
        if (typeof value === 'string' && value.trim() !== '') return value;
        throw new FieldProblem('mapping', 'text', value);
    }
  },
};

export const httpFields: FieldSet<HttpFields, typeof checks> = {
  defaults: {
    ...webDefaults,
    url: 'https://{address}/api/v1/interfaces/metrics',
    mappingType: 'netmon',
    mapping: '',
    body: '',
  },
  checks,
  expressions: { mapping: ({ mappingType }) => mappingType === 'jsonata' },
};
