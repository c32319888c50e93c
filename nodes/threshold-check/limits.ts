import type { Severity } from '../contract/alert.ts';
import { afterReading, interrupted, ok, type Phase } from './phase.ts';
import type { Rule } from './rule.ts';
import type { Watch } from './watch.ts';

/**
 * A rule whose limits are multiples of another series' value, with its limits in that one's unit.
 * @param base that value
 */
export function limited(rule: Rule, base: number | undefined): Rule {
  if (!rule.relativeTo || base === undefined) return rule;
  const { threshold, clearThreshold, criticalThreshold } = rule;
  return {
    ...rule,
    threshold: threshold * base,
    ...(clearThreshold !== undefined && { clearThreshold: clearThreshold * base }),
    ...(criticalThreshold !== undefined && { criticalThreshold: criticalThreshold * base }),
  };
}

/** How bad an alert of a watch is. */
export function severityOf({ rule, critical }: Pick<Watch, 'rule' | 'critical'>): Severity {
  return critical?.state === 'firing' ? 'critical' : rule.severity;
}

/**
 * Where a watch stands at its critical limit after a reading, by the same times as at the other one; undefined where it
 * has none, or is on its good side.
 * @param rule with its limits in the unit of the value
 * @param unknown whether nothing was known for a while before it
 */
export function criticalAfter(
  rule: Rule,
  before: Phase | undefined,
  reading: { value: number; time: number; gap: number; unknown: boolean },
): Phase | undefined {
  const { criticalThreshold } = rule;
  if (criticalThreshold === undefined) return undefined;
  const critical = { ...rule, threshold: criticalThreshold, clearThreshold: criticalThreshold };
  const { value, time, gap, unknown } = reading;
  const known = before && unknown ? interrupted(before) : (before ?? ok);
  const phase = afterReading(critical, known, value, time, gap);
  return phase === ok ? undefined : phase;
}
