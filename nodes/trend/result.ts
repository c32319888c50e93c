import type { Reading } from '../contract/reading.ts';
import type { HistorySeries } from '../shared/history/answers.ts';

/** A row of a table. */
export type Row = Record<string, string | number | null>;

/** What a node sends: readings for rules, curves for charts, rows for tables. */
export interface Result {
  readings: Reading[];
  curves: HistorySeries[];
  rows: Row[];
  /** series that were looked at */
  series: number;
  /** series that were left out for the limit */
  omitted: number;
}
