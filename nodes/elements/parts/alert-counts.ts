import type { OverviewPage } from '../../contract/pages.ts';
import type { Words } from '../words/words.ts';

type Counts = Pick<OverviewPage['counts'], 'alerts' | 'acknowledged' | 'withheld'>;

/** How many alerts there are, by severity, and apart those that need nobody: "1 critical", "2 acknowledged". */
export function alertCounts({ alerts, acknowledged, withheld }: Counts, words: Words): string[] {
  const parts = Object.entries({
    ...{ critical: alerts.critical, warning: alerts.warning, info: alerts.info },
    ...{ acknowledged, withheld },
  })
    .filter(([, count]) => count > 0)
    .map(([key, count]) => words.count(`elements.alerts.${key}`, count));
  return parts.length > 0 ? parts : [words.t('elements.alerts.none')];
}
