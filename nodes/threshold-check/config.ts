import * as check from '../shared/check.ts';
import { checkRules, type RuleInput } from './rule.ts';

/** What the dialog of a threshold-check node holds. */
export interface ThresholdCheckSettings {
  rules: RuleInput[];
  /** whether pending alerts are sent too */
  sendPending: boolean;
}

export const defaults: ThresholdCheckSettings = {
  rules: [
    { metric: 'cpu_usage', comparison: '>', threshold: 80 },
    { metric: 'memory_usage', comparison: '>', threshold: 90 },
    { metric: 'error_rate', comparison: '>', threshold: 0.01 },
  ],
  sendPending: false,
};

/** The check of each setting; each returns the value or throws a FieldProblem. */
export const checks = {
  rules: (value: unknown) => checkRules('rules', value),
  sendPending: (value: unknown) => check.boolean('sendPending', value),
};
