/** One observed value of one series. */
export interface Reading {
  /** snake_case, from the table of metrics or the user's own */
  metric: string;
  /** finite; what could not be observed is left out, never 0 or NaN */
  value: number;
  /** "%", "bit/s", "B", "B/s", "1/s", "ms", "s", "d", "°C" or "1" */
  unit: string;
  /** when it was observed, ms since the Unix epoch */
  time: number;
  /** identify the series: always `device`; `interface`, `disk`, ... where there are several */
  labels: Record<string, string>;
  /** describe it without identifying it: alias, type, vendor */
  info?: Record<string, string>;
}

/** The identity of a series: its metric and its sorted labels, the same for any order of them. */
export function seriesKey(metric: string, labels: Readonly<Record<string, string>>): string {
  let key = metric;
  for (const name of Object.keys(labels).sort()) key += `\u0000${name}\u0001${labels[name]}`;
  return key;
}
