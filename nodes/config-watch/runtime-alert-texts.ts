import type { Translate } from '../shared/problem.ts';
import { errorText } from '../shared/problem.ts';
import { foreignText } from '../shared/text.ts';
import type { AlertTexts } from './watch-alerts.ts';

/** characters of a line that a sentence has */
const longestLine = 120;

/** The sentences of alerts, in the user's language. */
export function alertTexts(t: Translate): AlertTexts {
  return {
    changed: (outcome) => {
      const { device, added } = outcome;
      const { version, diff } = added!;
      const by = version.changedBy;
      const params = {
        device: device.name,
        added: String(diff?.added ?? 0),
        removed: String(diff?.removed ?? 0),
      };
      const changed =
        by === undefined
          ? t('config-watch.alert.changed', params)
          : t('config-watch.alert.changedBy', { ...params, by });
      return added!.unsaved ? `${changed}; ${t('config-watch.alert.unsaved')}` : changed;
    },
    notSaved: ({ device, added }) =>
      t('config-watch.alert.notSaved', {
        device: device.name,
        added: String(added?.unsaved?.diff.added ?? 0),
        removed: String(added?.unsaved?.diff.removed ?? 0),
      }),
    notFetched: ({ problem }) =>
      t('config-watch.alert.notFetched', { reason: errorText(problem, t) }),
    hostKey: ({ problem }) => errorText(problem, t),
    rule: ({ device }, { rule, kind, pattern, lines, count }) => {
      const params = { device: device.name, rule, pattern };
      const [line] = lines;
      return kind === 'mustHave'
        ? t('config-watch.alert.missing', params)
        : t('config-watch.alert.unwanted', {
            ...params,
            ...{ count: String(count), number: String(line!.number) },
            line: foreignText(line!.text, longestLine),
          });
    },
    omitted: (count) => t('config-watch.alert.omitted', { count: String(count) }),
  };
}
