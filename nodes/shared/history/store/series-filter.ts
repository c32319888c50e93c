import { parseLabels, parseMetrics } from '../../match/parse-filter.ts';
import type { SeriesRecord } from './journal.ts';

/** Which series are meant, by names of metrics and by label matchers. Throws a FieldProblem. */
export function takesSeries(
  metrics: string,
  labels: string,
): (series: Pick<SeriesRecord, 'metric' | 'labels'>) => boolean {
  const names = parseMetrics('metrics', metrics);
  const filter = parseLabels('labels', labels);
  return (series) => names.takes(series.metric) && filter.takes(series.labels);
}
