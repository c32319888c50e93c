import { type ComponentChildren, h } from 'preact';
import type { Route } from '../state/route.ts';
import { useEnv } from './env.ts';

interface LinkProps {
  to: Route;
  class?: string;
  title?: string | undefined;
  /** for those who do not see what is around it */
  label?: string;
  current?: boolean;
  children?: ComponentChildren;
}

/** Leads to another page; where there are no links, only what it says. */
export function Link({ to, class: name, title, label, current, children }: LinkProps) {
  const { isQuiet, go, hrefOf } = useEnv();
  if (isQuiet) return h('span', { class: name, title }, children);
  const onClick = (event: MouseEvent) => {
    // What the browser opens beside this page is its own affair.
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  const aria = {
    ...(current ? { 'aria-current': 'page' as const } : {}),
    ...(label === undefined ? {} : { 'aria-label': label }),
  };
  return h('a', { href: hrefOf(to), class: name, title, onClick, ...aria }, children);
}
