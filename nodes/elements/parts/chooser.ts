import { h } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { PageBase } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Sign, toneOf } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { found } from './search.ts';

/** Leads to a device by a part of its name. A combobox as WAI-ARIA has it: the cursor stays in the field. */
export function Chooser({ devices }: { devices: PageBase['devices'] }) {
  const { words, go } = useEnv();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const shown = found(devices, typed);
  const place = Math.min(at, shown.length - 1);
  const choose = (device: string | undefined) => {
    if (device === undefined) return;
    setOpen(false);
    setTyped('');
    go({ page: 'device', device });
  };
  useEffect(() => {
    list.current?.children[place]?.scrollIntoView({ block: 'nearest' });
  }, [place, isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      setOpen(true);
      setAt(isOpen ? (place + step + shown.length) % Math.max(1, shown.length) : 0);
    } else if (event.key === 'Enter' && isOpen) {
      choose(shown[place]?.name);
    } else if (event.key === 'Escape') {
      setOpen(false);
    } else {
      return;
    }
    event.preventDefault();
  };
  const label = words.t('elements.chooser.label');
  return h(
    'div',
    { class: 'chooser' },
    h('input', {
      type: 'search',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: false,
      placeholder: label,
      'aria-label': label,
      'aria-expanded': isOpen,
      'aria-controls': `${id}-list`,
      'aria-autocomplete': 'list',
      ...(isOpen && shown.length > 0 ? { 'aria-activedescendant': `${id}-${place}` } : {}),
      value: typed,
      onInput: (event: Event) => {
        setTyped((event.target as HTMLInputElement).value);
        setOpen(true);
        setAt(0);
      },
      onClick: () => setOpen(true),
      onBlur: () => setOpen(false),
      onKeyDown,
    }),
    h(
      'ul',
      {
        id: `${id}-list`,
        ref: list,
        role: 'listbox',
        'aria-label': label,
        hidden: !isOpen,
        // A click must not take the focus before it counts.
        onPointerDown: (event: Event) => event.preventDefault(),
      },
      shown.map(({ name, title, state }, i) =>
        h(
          'li',
          {
            key: name,
            id: `${id}-${i}`,
            role: 'option',
            'aria-selected': i === place,
            onClick: () => choose(name),
          },
          h(Sign, { tone: toneOf(state) }),
          h('span', { class: 'cut' }, deviceText(title)),
          h('span', { class: 'hidden' }, `, ${words.state(state)}`),
        ),
      ),
      shown.length === 0
        ? h(
            'li',
            { role: 'option', 'aria-disabled': true, 'aria-selected': false },
            words.t('elements.chooser.none'),
          )
        : null,
    ),
  );
}
