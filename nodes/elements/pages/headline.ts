import { type ComponentChildren, h } from 'preact';
import type { PageBase } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Sign, type Tone } from '../view/state-mark.ts';
import type { Words } from '../words/words.ts';

interface HeadlineProps {
  title: string;
  tone?: Tone;
  /** below the title; when readings came last where missing */
  note?: ComponentChildren;
  page: PageBase;
  children?: ComponentChildren;
}

/** readings missing for so many intervals are told of */
const lateIntervals = 3;

/** When the last readings came: "last readings 4 s ago, every 10 s". */
export function freshness(
  page: PageBase,
  now: number,
  words: Words,
): { text: string; isLate: boolean } {
  if (page.lastReading === null) return { text: words.t('elements.fresh.never'), isLate: false };
  const ago = words.ago(page.lastReading, now);
  const { interval } = page;
  const isLate = interval !== undefined && now - page.lastReading > lateIntervals * interval + 5000;
  if (isLate) return { text: words.t('elements.fresh.late', { ago }), isLate };
  const text = words.t('elements.fresh.last', { ago });
  return {
    text:
      interval === undefined
        ? text
        : `${text}, ${words.t('elements.fresh.every', { time: words.span(Math.max(1000, Math.round(interval / 1000) * 1000)) })}`,
    isLate,
  };
}

/** The first part of a page: what it is about, and its figures. */
export function Headline({ title, tone, note, page, children }: HeadlineProps) {
  const { words, now } = useEnv();
  const { text, isLate } = freshness(page, now, words);
  return h(
    'section',
    { class: 'card c12 head' },
    h(
      'div',
      { class: 'title' },
      h('h1', { class: `big ${tone ?? ''}`, tabIndex: -1 }, tone ? h(Sign, { tone }) : null, title),
      h(
        'p',
        { class: 'muted' },
        note ?? null,
        note ? ' · ' : null,
        h('span', { class: isLate ? 'warn' : '' }, text),
      ),
    ),
    children ? h('div', { class: 'figures' }, children) : null,
  );
}
