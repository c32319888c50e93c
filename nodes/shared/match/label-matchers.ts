/** Label matchers that a series with these labels fits, as `parseLabels` reads them. */
export function labelMatchers(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`)
    .join(', ');
}
