import { h } from 'preact';
import type { ChangeEvent } from '../../contract/change-event.ts';
import { eventText } from '../../shared/changes/change-sentence.ts';
import type { Route } from '../state/route.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { Sign, type Tone, toneOfSeverity } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { changeWords, shownLabels } from '../words/change-words.ts';
import { placeOf } from './alert-timeline.ts';
import { routeOf } from './change-list.ts';

interface EventListProps {
  label: string;
  events: readonly ChangeEvent[];
  /** how many more there are */
  left: number;
  /** the span, ms since the Unix epoch */
  from: number;
  to: number;
  /** when an alert began that is marked */
  mark?: number | undefined;
}

/** events that are listed: the others are marks only */
const mostListed = 60;

/** What happened, on a line and as a list. */
export function EventList({ label, events, left, from, to, mark }: EventListProps) {
  const { words } = useEnv();
  if (events.length === 0) return h('p', { class: 'calm' }, words.t('elements.changes.no-events'));
  const said = changeWords(words);
  const told = events.map((event) => {
    const { text, ...rest } = { ...event, labels: shownLabels(event.labels) };
    const short = text === undefined ? rest : { ...rest, text: deviceText(text) };
    return { event, text: eventText(short, said), tone: toneOf(event) };
  });
  const at = (time: number) =>
    `left:min(${placeOf({ start: time, end: time }, from, to).left.toFixed(3)}%, 100% - 3px)`;
  const shown = told.slice(0, mostListed);
  const more = left + told.length - shown.length;
  return h(
    'div',
    { class: 'events' },
    h(
      'div',
      { class: 'track', 'aria-hidden': 'true' },
      mark === undefined || mark < from || mark > to
        ? null
        : h('i', { class: 'mark', style: at(mark) }),
      told.map(({ event, text, tone }, i) =>
        h('i', {
          key: i,
          class: tone,
          style: at(event.time),
          title: `${words.moment(event.time)} ${text}`,
        }),
      ),
    ),
    h(
      'div',
      { class: 'axis', 'aria-hidden': 'true' },
      [from, (from + to) / 2, to].map((time) => h('span', { key: time }, words.clock(time))),
    ),
    h(
      'ol',
      { 'aria-label': label },
      shown.map(({ event, text, tone }, i) => {
        const route = pageOf(event);
        return h(
          'li',
          { key: i },
          h('time', { title: words.moment(event.time) }, words.clock(event.time)),
          h(Sign, { tone }),
          h('span', null, route ? h(Link, { to: route }, text) : text),
        );
      }),
    ),
    more > 0
      ? h('p', { class: 'muted' }, words.t('elements.changes.more', { count: words.number(more) }))
      : null,
  );
}

function toneOf({ kind, severity }: ChangeEvent): Tone {
  switch (kind) {
    case 'alert':
      return toneOfSeverity(severity ?? 'warning');
    case 'link-down':
    case 'device-down':
      return 'crit';
    case 'device-silent':
    case 'restart':
      return 'warn';
    case 'link-up':
    case 'device-up':
      return 'ok';
    case 'device-new':
    case 'configuration':
      return 'info';
  }
}

function pageOf({ kind, labels, version }: ChangeEvent): Route | undefined {
  if (kind === 'configuration' && labels.device && version !== undefined) {
    return { page: 'configuration', device: labels.device, version };
  }
  return routeOf(labels);
}
