/** What a step of time can tell of the readings in it. */
export const aggregations = [
  ...['average', 'min', 'max', 'sum', 'last', 'count', 'rate'],
  ...['p50', 'p90', 'p95', 'p99'],
] as const;
export type Aggregation =
  | 'average'
  | 'min'
  | 'max'
  | 'sum'
  | 'last'
  | 'count'
  /** change a second from the last value before */
  | 'rate'
  | 'p50'
  | 'p90'
  | 'p95'
  | 'p99';
