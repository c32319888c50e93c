import * as check from '../shared/check.ts';
import { toMetricName, toMetricPart } from '../contract/metrics.ts';
import { FieldProblem } from '../shared/problem.ts';
import { compileWildcard, type Matcher } from '../shared/match/pattern.ts';

/** Which metrics are meant, in the order in which they are to be shown. Made by {@link parseMetrics}. */
export type MetricFilter = readonly Matcher[];

/**
 * Parses names of metrics separated by commas: `in_rate, out_rate`. `*` stands for any characters, so
 * `*` alone for every metric. Throws a FieldProblem where none is named.
 */
export function parseMetrics(field: string, value: unknown): MetricFilter {
  const names = check
    .text(field, value)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new FieldProblem(field, 'text', value);
  return names.map((text) => {
    if (text.includes('*')) return compileWildcard(text.split('*').map(toMetricPart).join('*'));
    const name = toMetricName(text);
    return (metric) => metric === name;
  });
}

/** The place of a metric among those that are meant, -1 where it is not. */
export function metricRank(filter: MetricFilter, metric: string): number {
  return filter.findIndex((fits) => fits(metric));
}
