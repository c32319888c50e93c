import { flag, setting, settings, unchecked, type Values } from '../shared/settings.ts';
import { checkRules, type RuleInput } from './rule.ts';

const usualRules: RuleInput[] = [
  { metric: 'cpu_usage', comparison: '>', threshold: 80 },
  { metric: 'memory_usage', comparison: '>', threshold: 90 },
  { metric: 'error_rate', comparison: '>', threshold: 0.01 },
];

export const thresholdSettings = settings({
  name: unchecked(''),
  rules: setting(usualRules, checkRules),
  /** whether pending alerts are sent too */
  sendPending: flag(false),
});

export const { defaults, checks } = thresholdSettings;
export type ThresholdCheckSettings = Values<typeof thresholdSettings>;
