import { interfaceFilters, uniqueName } from './names.ts';
import type { Words } from './words.ts';

/** A row of a threshold check. */
export type RuleRow = Record<string, unknown> & { name: string };

/** The rules that fit any device and host. */
export function usualRules(words: Words): RuleRow[] {
  const rule = (key: string, row: Record<string, unknown>): RuleRow => ({
    name: words(`rule.${key}`),
    noData: 'resolve',
    ...row,
  });
  const usage = { comparison: '>', threshold: 90, clearThreshold: 85, for: 120 };
  return [
    rule('deviceDown', {
      metric: 'device_up',
      comparison: '<',
      threshold: 1,
      for: 30,
      severity: 'critical',
      summary: words('summary.deviceDown'),
    }),
    rule('portBusy', {
      metric: 'utilization',
      comparison: '>',
      threshold: 90,
      clearThreshold: 80,
      for: 60,
      summary: words('summary.portBusy'),
    }),
    rule('errors', { metric: 'error_rate', comparison: '>', threshold: 0.01, for: 60 }),
    rule('cpu', { metric: 'cpu_usage', ...usage, summary: words('summary.cpu') }),
    rule('memory', { metric: 'memory_usage', ...usage, summary: words('summary.memory') }),
    rule('disk', { metric: 'disk_usage', ...usage, for: 0, summary: words('summary.disk') }),
  ];
}

/**
 * Rules that tell when one of a device's ports loses its link; a port that never had one is left alone.
 * @param device the label `device` of its readings
 * @param ports their names; none for all
 * @param taken names of rules that are there
 */
export function linkRules(
  device: string,
  ports: readonly string[],
  taken: ReadonlySet<string>,
  words: Words,
): RuleRow[] {
  const names = new Set(taken);
  return interfaceFilters(device, ports).map((filter) => {
    const name = uniqueName(words('rule.linkDown', { device }), names);
    names.add(name);
    return {
      name,
      metric: 'interface_up',
      filter,
      comparison: '<',
      threshold: 1,
      for: 15,
      onlyAfterOk: true,
      noData: 'resolve',
      summary: words('summary.linkDown'),
    };
  });
}
