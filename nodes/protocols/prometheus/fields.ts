import {
  interfaceChecks,
  interfaceDefaults,
  type InterfaceFields,
} from '../../shared/match/interface-filter.ts';
import { parseSeries } from '../../shared/match/parse-filter.ts';
import type { FieldSet } from '../field-set.ts';
import { webChecks, webDefaults, type WebFields } from '../web/fields.ts';

export interface PrometheusFields extends WebFields, InterfaceFields {
  /** series wanted under their own names, see {@link parseSeries} */
  metrics: string;
}

const checks = {
  ...webChecks,
  ...interfaceChecks,
  metrics: (value: unknown) => parseSeries('metrics', value ?? ''),
};

export const prometheusFields: FieldSet<PrometheusFields, typeof checks> = {
  defaults: {
    ...webDefaults,
    ...interfaceDefaults,
    url: 'http://{address}:9100/metrics',
    metrics: '',
  },
  checks,
};
