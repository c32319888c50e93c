/** The name that a metric has in Prometheus: of what Netmon takes, it has no `.`, `/` and `-`. */
export function prometheusName(metric: string): string {
  return metric.replace(/[^a-zA-Z0-9_:]/g, '_');
}

/** The labels that a series has in Prometheus, by their names in order. One without a value is none there. */
export function prometheusLabels(labels: Readonly<Record<string, string>>): [string, string][] {
  const all = new Map<string, string>();
  for (const name of Object.keys(labels).sort())
  // Two underscores at the front are Prometheus' own.
  {
    if (labels[name] !== '') all.set(name.replace(/^__+/, '_'), labels[name]!);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}
