import { Fragment, h } from 'preact';
import { type ChangesPage, changeSpans } from '../../contract/pages.ts';
import { ChangeList } from '../parts/change-list.ts';
import { EventList } from '../parts/event-list.ts';
import { Card } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { toneOfSeverity } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { Headline } from './headline.ts';

/** What changed in a span, or around an alert. */
export function Changes({ page }: { page: ChangesPage }) {
  const { words } = useEnv();
  const { alert, lines, events, eventsLeft, from, to } = page;
  const moved = words.t('elements.changes.moved');
  const happened = words.t('elements.changes.happened');
  const nothing = nothingOf(page, words);
  return h(
    Fragment,
    null,
    h(Headline, {
      title: alert ? deviceText(alert.summary) : words.t('elements.page.changes'),
      ...(alert && { tone: toneOfSeverity(alert.severity) }),
      note: summaryOf(page, words),
      page,
    }),
    h('section', { class: 'card c12' }, h(SpanChoice, { page })),
    h(
      Card,
      { title: moved, note: lines.length > 0 ? words.t('elements.changes.ground') : null, span: 7 },
      nothing === undefined ? h(ChangeList, { lines, from }) : h('p', { class: 'calm' }, nothing),
      alert && page.isOwnKnown === false
        ? h('p', { class: 'muted' }, words.t('elements.changes.not-kept'))
        : null,
    ),
    h(
      Card,
      { title: happened, note: spanOf(from, to, words), span: 5 },
      h(EventList, {
        ...{ label: happened, events, left: eventsLeft, from, to, mark: alert?.startsAt },
      }),
    ),
  );
}

/** How much of the time until now is looked at; and the alert, where the page is about one. */
function SpanChoice({ page }: { page: ChangesPage }) {
  const { words } = useEnv();
  return h(
    'nav',
    { class: 'spans', 'aria-label': words.t('elements.changes.span') },
    changeSpans.map((span) =>
      h(
        Link,
        { key: span, to: { page: 'changes', span }, current: page.span === span },
        words.t(`elements.changes.spans.${span}`),
      ),
    ),
    page.alert
      ? h(
          Link,
          { to: { page: 'changes', alert: page.alert.fingerprint }, current: true },
          words.t('elements.changes.around', { time: words.moment(page.alert.startsAt) }),
        )
      : null,
  );
}

function summaryOf({ problem, compared, changed }: ChangesPage, words: Words): string {
  if (problem !== undefined || compared === 0) return '';
  const params = { count: words.number(compared), changed: words.number(changed) };
  return words.t('elements.changes.summary', params);
}

// Why there is nothing to see; undefined where there is something.
function nothingOf(page: ChangesPage, words: Words): string | undefined {
  const { problem, lines, hasHistory, series, compared, before } = page;
  if (problem !== undefined) return problem;
  if (lines.length > 0) return undefined;
  if (!hasHistory) return words.t('elements.changes.no-history');
  if (series === 0) return words.t('elements.changes.nothing');
  if (compared === 0) return words.t('elements.changes.no-past', { time: words.moment(before) });
  return words.t('elements.changes.none');
}

function spanOf(from: number, to: number, words: Words): string {
  const end = words.date(from) === words.date(to) ? words.clock(to) : words.moment(to);
  return words.t('elements.bar.span', { from: words.moment(from), to: end });
}
