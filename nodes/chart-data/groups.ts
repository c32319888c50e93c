import { seriesKey } from '../contract/reading.ts';
import { byName } from '../shared/natural-order.ts';
import type { Order } from './config.ts';
import { legends } from './legend.ts';
import type { Series } from './series-store.ts';
import type { Words } from './words.ts';

/** What is shown under one legend: a line, the bars of one interface, a row of a table. */
export interface Group {
  legend: string;
  /** never empty */
  members: readonly Series[];
}

export interface Grouping {
  /** whether series that differ in their metric only share a group */
  joinMetrics: boolean;
  /** the most groups; the largest are taken */
  limit: number;
  order: Order;
  /** a template, see {@link legends} */
  legend: string;
}

/**
 * Groups series for showing: takes the largest by their first member, names them and puts them in
 * order.
 * @param series those of the first metric first
 */
export function groupSeries(series: readonly Series[], grouping: Grouping, words: Words): Group[] {
  const { joinMetrics, limit, order, legend } = grouping;
  const first = series[0]?.metric;
  const largest = [...joined(series, joinMetrics)]
    .map((members) => ({
      members,
      // What lacks the first metric comes last: another one may have another unit.
      size: !joinMetrics || members[0]!.metric === first ? sizeOf(members[0]!) : -1,
    }))
    .sort((a, b) => b.size - a.size)
    .slice(0, limit)
    .map(({ members }) => members);
  // Where metrics share a group they are told apart in it, not by its legend.
  const metric = largest[0]?.[0]?.metric ?? '';
  const named = largest.map(([first]) => (joinMetrics ? { ...first!, metric } : first!));
  const texts = legends(named, legend, words);
  const groups = largest.map((members, i) => ({ legend: texts[i]!, members }));
  return order === 'value' ? groups : groups.toSorted((a, b) => byName(a.legend, b.legend));
}

function joined(series: readonly Series[], joinMetrics: boolean): Iterable<Series[]> {
  if (!joinMetrics) return series.map((one) => [one]);
  return Map.groupBy(series, ({ labels }) => seriesKey('', labels)).values();
}

// Of a line what it mostly was, so that one peak does not change which lines are shown.
function sizeOf({ value, points }: Series): number {
  if (points.length === 0) return Math.abs(value);
  return points.reduce((sum, { y }) => sum + Math.abs(y), 0) / points.length;
}
