import { h } from 'preact';
import type { AlertPast, AlertSpan } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { toneOfSeverity } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { routeOfAlert } from './attention.ts';

/** spans that are told to those who do not see them */
const mostTold = 8;

/** When a span began, was acknowledged and ended: "14:05 to 14:30, acknowledged 14:10". */
export function spanText({ start, end, acknowledged }: AlertSpan, words: Words): string {
  const to = end === undefined ? words.t('elements.timeline.now') : words.moment(end);
  const span = words.t('elements.bar.span', { from: words.moment(start), to });
  if (acknowledged === undefined) return span;
  const time = words.moment(acknowledged);
  return `${span}, ${words.t('elements.timeline.acknowledged', { time })}`;
}

/** Where a span lies in a time, in % of it; a short one is still to be seen. */
export function placeOf(
  { start, end }: Pick<AlertSpan, 'start' | 'end'>,
  from: number,
  to: number,
): { left: number; width: number } {
  const share = (time: number) =>
    (100 * (Math.min(Math.max(time, from), to) - from)) / Math.max(1, to - from);
  const left = share(start);
  return { left, width: share(end ?? to) - left };
}

interface AlertTimelineProps {
  label: string;
  pasts: readonly AlertPast[];
  /** ms since the Unix epoch */
  from: number;
  to: number;
}

/** When each alert was firing: a bar of the period, paler once somebody had seen it. */
export function AlertTimeline({ label, pasts, from, to }: AlertTimelineProps) {
  const { words } = useEnv();
  if (pasts.length === 0) {
    return h('p', { class: 'calm' }, words.t('elements.timeline.none'));
  }
  const middle = (from + to) / 2;
  const axis = to - from > 48 * 3_600_000 ? words.day.bind(words) : words.clock.bind(words);
  return h(
    'div',
    { class: 'timeline' },
    h(
      'ul',
      { 'aria-label': label },
      pasts.map((past) => h(Row, { key: `${past.name} ${past.summary}`, past, from, to })),
    ),
    h(
      'div',
      { class: 'axis', 'aria-hidden': 'true' },
      [from, middle, to].map((time) => h('span', { key: time }, axis(time))),
    ),
    h(
      'p',
      { class: 'legend-line' },
      ['firing', 'seen'].map((name) =>
        h(
          'span',
          { key: name },
          h('i', { class: `crit ${name}` }),
          words.t(`elements.timeline.${name}`),
        ),
      ),
    ),
  );
}

function Row({ past, from, to }: { past: AlertPast; from: number; to: number }) {
  const { words } = useEnv();
  const tone = toneOfSeverity(past.severity);
  const route = routeOfAlert(past);
  const text = deviceText(past.summary);
  const told = past.spans.slice(-mostTold).map((span) => spanText(span, words));
  return h(
    'li',
    null,
    h('span', { class: 'cut', title: text }, route ? h(Link, { to: route }, text) : text),
    h(
      'div',
      { class: 'track', role: 'img', 'aria-label': told.join('; ') },
      past.spans.flatMap((span) => {
        const { start, end, acknowledged } = span;
        const piece = (name: string, begin: number, until: number | undefined) => {
          const { left, width } = placeOf(
            { start: begin, ...(until !== undefined && { end: until }) },
            from,
            to,
          );
          const style = `left:min(${left.toFixed(3)}%, 100% - 3px);width:max(3px, ${width.toFixed(3)}%)`;
          const title = spanText(span, words);
          return h('i', { key: `${start} ${name}`, class: `${tone} ${name}`, style, title });
        };
        if (acknowledged === undefined || acknowledged <= from) {
          return [piece(acknowledged === undefined ? 'firing' : 'seen', start, end)];
        }
        return [piece('firing', start, acknowledged), piece('seen', acknowledged, end)];
      }),
    ),
  );
}
