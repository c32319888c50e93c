import type { Combination } from '../config.ts';
import type { Series } from '../series-store.ts';

/** One value of several series; undefined where there are none. */
export function combined(
  series: readonly Pick<Series, 'value' | 'seenAt'>[],
  how: Combination,
): number | undefined {
  if (series.length === 0) return undefined;
  const values = series.map(({ value }) => value);
  const sum = values.reduce((a, b) => a + b, 0);
  switch (how) {
    case 'max':
      return values.reduce((a, b) => Math.max(a, b));
    case 'min':
      return values.reduce((a, b) => Math.min(a, b));
    case 'sum':
      return sum;
    case 'mean':
      return sum / values.length;
    case 'latest':
      return series.reduce((a, b) => (b.seenAt >= a.seenAt ? b : a)).value;
  }
}
