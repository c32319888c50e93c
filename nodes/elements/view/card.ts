import { type ComponentChildren, h } from 'preact';

interface CardProps {
  title: string;
  /** beside the title, in pale */
  note?: ComponentChildren;
  /** of the twelve columns of a wide page */
  span: 3 | 4 | 5 | 6 | 7 | 8 | 12;
  class?: string;
  children?: ComponentChildren;
}

/** A part of a page, under a heading. */
export function Card({ title, note, span, class: name = '', children }: CardProps) {
  return h(
    'section',
    { class: `card c${span} ${name}` },
    h('header', { class: 'card-head' }, h('h2', null, title), note ? h('span', null, note) : null),
    children,
  );
}

/** One figure of a headline, with what it is below it. */
export function Figure({ label, children }: { label: string; children?: ComponentChildren }) {
  return h('div', { class: 'kv' }, h('b', null, children), h('span', null, label));
}
