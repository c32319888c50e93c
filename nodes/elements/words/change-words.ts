import type { ChangeWords } from '../../shared/changes/change-sentence.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from './words.ts';

/** The words for changes of the elements. Names of devices are cut, for they may be very long. */
export function changeWords(words: Words): ChangeWords {
  return {
    text(key, params, of = 'change') {
      return words.t(`elements.${of}.${key}`, params);
    },
    metric: (metric) => words.metric(metric),
    value: (value, unit) => words.value(value, unit),
    span: (seconds) => words.span(seconds * 1000),
    number: (value, decimals) => words.number(value, decimals),
  };
}

/** Labels as they may be shown. */
export function shownLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [name, deviceText(value)]),
  );
}
