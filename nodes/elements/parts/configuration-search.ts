import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { ConfigurationHit, ConfigurationsPage } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { deviceText } from '../view/text.ts';
import { NumberedLines } from './numbered-lines.ts';

type Search = NonNullable<ConfigurationsPage['search']>;

/** What is looked for in all configurations. */
export function SearchForm({ search }: { search: Search | undefined }) {
  const { words, go } = useEnv();
  const [text, setText] = useState(search?.text ?? '');
  const [isExpression, setExpression] = useState(search?.isExpression ?? false);
  const label = words.t('elements.configurations.search');
  const submit = (event: Event) => {
    event.preventDefault();
    const sought = text.trim();
    go(
      sought === ''
        ? { page: 'configurations' }
        : { page: 'configurations', search: sought, isExpression },
    );
  };
  return h(
    'form',
    { class: 'find', role: 'search', onSubmit: submit },
    h('input', {
      ...{ type: 'search', placeholder: label, 'aria-label': label, value: text, maxLength: 500 },
      ...{ spellcheck: false, autocomplete: 'off' },
      onInput: (event: Event) => setText((event.target as HTMLInputElement).value),
    }),
    h(
      'label',
      null,
      h('input', {
        ...{ type: 'checkbox', checked: isExpression },
        onChange: (event: Event) => setExpression((event.target as HTMLInputElement).checked),
      }),
      words.t('elements.configurations.expression'),
    ),
    h('button', { type: 'submit' }, words.t('elements.configurations.find')),
  );
}

/** What a search found, device by device. */
export function Found({ search }: { search: Search }) {
  const { words } = useEnv();
  const { hits, isPartial, problem } = search;
  if (problem !== undefined) return h('p', { class: 'crit', role: 'alert' }, deviceText(problem));
  const count = words.count('elements.configurations.found', hits.length);
  return h(
    'div',
    { role: 'status' },
    h(
      'p',
      { class: 'calm' },
      isPartial ? words.t('elements.configurations.partial', { count }) : count,
    ),
    hits.map((hit) => h(Hit, { key: `${hit.device} ${hit.version.id}`, hit })),
  );
}

function Hit({ hit: { device, title, version, lines, count } }: { hit: ConfigurationHit }) {
  const { words } = useEnv();
  const left = count - lines.length;
  return h(
    'section',
    { class: 'hit' },
    h(
      'h3',
      null,
      h(
        Link,
        { to: { page: 'configuration', device, version: version.id, isWhole: true } },
        deviceText(title),
      ),
    ),
    h('div', { class: 'code' }, h(NumberedLines, { lines, label: deviceText(title) })),
    left > 0 ? h('p', { class: 'calm' }, words.count('elements.configurations.more', left)) : null,
  );
}
