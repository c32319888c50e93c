import { Fragment, h } from 'preact';
import type { Severity } from '../../contract/alert.ts';
import type { AlertsPage } from '../../contract/pages.ts';
import { alertCounts } from '../parts/alert-counts.ts';
import { isWithheld } from '../parts/alert-state.ts';
import { AlertTable } from '../parts/alert-table.ts';
import { AlertTimeline } from '../parts/alert-timeline.ts';
import { Card } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import type { Tone } from '../view/state-mark.ts';
import { Headline } from './headline.ts';

/** The alerts of now, and those that are over. */
export function Alerts({ page }: { page: AlertsPage }) {
  const { words } = useEnv();
  const { active, ended } = page;
  const firing = active.filter(({ state }) => state === 'firing');
  const told = firing.filter((alert) => !isWithheld(alert));
  const open = told.filter(({ status }) => !status?.acknowledged);
  const count = (severity: Severity) => open.filter((one) => one.severity === severity).length;
  const counts = {
    alerts: { critical: count('critical'), warning: count('warning'), info: count('info') },
    ...{ acknowledged: told.length - open.length, withheld: firing.length - told.length },
  };
  const worst = (['critical', 'warning', 'info'] as const).find((one) => counts.alerts[one] > 0);
  const tones: Record<string, Tone> = { critical: 'crit', warning: 'warn', info: 'info' };
  return h(
    Fragment,
    null,
    h(Headline, {
      title: alertCounts(counts, words).join(', '),
      tone: tones[worst ?? ''] ?? 'ok',
      page,
    }),
    h(
      Card,
      {
        title: words.t('elements.card.active'),
        note: active.length > 0 ? words.number(active.length) : null,
        span: 12,
      },
      h(AlertTable, {
        label: words.t('elements.card.active'),
        alerts: active,
        hasEnded: false,
        hasHistory: page.hasHistory,
        none: words.t('elements.alerts.none'),
      }),
    ),
    h(
      Card,
      { title: words.t('elements.card.timeline'), note: words.period(page.period), span: 12 },
      h(AlertTimeline, {
        label: words.t('elements.card.timeline'),
        ...{ pasts: page.timeline.alerts, from: page.timeline.from, to: page.time },
      }),
    ),
    h(
      Card,
      { title: words.t('elements.card.ended'), note: words.period(page.period), span: 12 },
      h(AlertTable, {
        label: words.t('elements.card.ended'),
        alerts: ended,
        hasEnded: true,
        hasHistory: page.hasHistory,
        none: words.t('elements.alerts.none-ended'),
      }),
    ),
  );
}
