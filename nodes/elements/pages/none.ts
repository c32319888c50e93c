import { h } from 'preact';
import type { NoPage } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { deviceText } from '../view/text.ts';

/** What was asked for is not known. */
export function None({ page }: { page: NoPage }) {
  const { words } = useEnv();
  return h(
    'section',
    { class: 'card c12 empty' },
    h('h1', { class: 'big', tabIndex: -1 }, words.t('elements.none.title')),
    h('p', null, words.t('elements.none.text', { asked: deviceText(page.asked) })),
    h('p', null, h(Link, { to: { page: 'overview' } }, words.t('elements.none.back'))),
  );
}

/** Nothing came yet. */
export function Waiting({ isUnanswered }: { isUnanswered: boolean }) {
  const { words } = useEnv();
  return h(
    'section',
    { class: 'card c12 empty', 'aria-busy': !isUnanswered },
    h(
      'h1',
      { class: 'big', tabIndex: -1 },
      words.t(isUnanswered ? 'elements.waiting.unanswered' : 'elements.waiting.title'),
    ),
    h(
      'p',
      { class: 'muted' },
      words.t(isUnanswered ? 'elements.waiting.why' : 'elements.waiting.text'),
    ),
  );
}
