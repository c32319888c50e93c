import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { ConfigurationHit } from '../../contract/pages.ts';
import { codeText } from '../view/code.ts';
import { useEnv } from '../view/env.ts';

/** lines of a text that are drawn before somebody asks for all */
const few = 2000;

interface NumberedLinesProps {
  lines: ConfigurationHit['lines'];
  /** for those who do not see it */
  label: string;
}

/** Lines of a text with their numbers. */
export function NumberedLines({ lines, label }: NumberedLinesProps) {
  return h(
    'table',
    { class: 'diff whole', 'aria-label': label },
    h(
      'tbody',
      null,
      lines.map(({ number, text }) =>
        h(
          'tr',
          { key: number },
          h('td', { class: 'number' }, number),
          h('td', { class: 'line' }, h('bdo', { dir: 'ltr' }, codeText(text))),
        ),
      ),
    ),
  );
}

/** A whole text, whose last lines may be left out. */
export function WholeText({ text, left, label }: { text: string; left: number; label: string }) {
  const { words } = useEnv();
  const [isAll, setAll] = useState(false);
  const all = text.replace(/\n$/, '').split('\n');
  const shown = isAll ? all : all.slice(0, few);
  const lines = shown.map((line, i) => ({ number: i + 1, text: line }));
  return h(
    'div',
    { class: 'code' },
    h(NumberedLines, { lines, label }),
    lines.length < all.length
      ? h(
          'button',
          { type: 'button', class: 'more', onClick: () => setAll(true) },
          words.t('elements.table.all', { count: words.number(all.length) }),
        )
      : left > 0
        ? h('p', { class: 'calm' }, words.count('elements.diff.omitted', left))
        : null,
  );
}
