import type { Combination } from '../config.ts';
import { readable } from '../round.ts';
import type { Series } from '../series-store.ts';
import type { ChosenUnit } from '../unit-choice.ts';

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

/** What a gauge takes: a number in the chosen unit, null where there is none. */
export function gauge(value: number | undefined, { factor }: ChosenUnit): number | null {
  return value === undefined ? null : readable(value * factor);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What a text shows. Both dashboards render it as HTML, between tags, so it is escaped for there. */
export function text(value: string | undefined): string {
  return value === undefined ? '–' : value.replace(/[&<>]/g, (char) => entities[char]!);
}
