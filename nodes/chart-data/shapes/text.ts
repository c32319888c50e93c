import type { Series } from '../series-store.ts';
import { combined } from './combined.ts';
import type { Shape, View } from './shape.ts';

export const textShape: Shape = {
  draw: (series, view) => ({ payload: text(words(series, view)) }),
};

function words(series: readonly Series[], { options, words, ...view }: View): string | undefined {
  const value = combined(series, options.combine);
  if (value === undefined) return undefined;
  const { metric, unit } = series[0]!;
  if (options.unit !== '') {
    const chosen = view.unit(series, [value]);
    return words.inUnit(value * chosen.factor, chosen.unit);
  }
  // The number of devices that are up is no state.
  const counted = options.combine === 'sum';
  return counted ? words.number(value, unit) : words.value(metric, value, unit);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What a text shows. Both dashboards render it as HTML, between tags, so it is escaped for there. */
function text(value: string | undefined): string {
  return value === undefined ? '–' : value.replace(/[&<>]/g, (char) => entities[char]!);
}
