/** The labels of a reading about a series: the series' own, and its metric as `of`. */
export function labelsOf(
  metric: string,
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  const { of, ...others } = labels;
  // As Prometheus does with a label whose name is taken.
  return { ...others, ...(of !== undefined && { exported_of: of }), of: metric };
}

/** Labels as columns of a row, whose own names are others. */
export function columnsOf(
  labels: Readonly<Record<string, string>>,
  taken: object,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [
      Object.hasOwn(taken, name) ? `label_${name}` : name,
      value,
    ]),
  );
}
