import { duration, format } from '../../contract/units.ts';
import { metricName } from '../metric-name.ts';
import type { Translate } from '../problem.ts';
import { oneLine } from '../text.ts';
import type { ChangeWords } from './change-sentence.ts';

/** The words for changes of a catalogue. Every text is one line, whatever a device is called. */
export function changeWords(t: Translate, language = 'en-US'): ChangeWords {
  return {
    text(key, params, of = 'change') {
      const lines = Object.entries(params).map(([name, text]) => [name, oneLine(text)]);
      return t(`shared.${of}.${key}`, Object.fromEntries(lines) as Record<string, string>);
    },
    metric: (metric) => metricName(metric, t),
    value: (value, unit) => format(value, unit, language),
    span: duration,
    number: (value, decimals) =>
      new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(value),
  };
}
