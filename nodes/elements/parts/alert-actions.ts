import { h } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AlertCommand, AlertLine, AlertStatus } from '../../contract/pages.ts';
import { keepOwnName, ownName } from '../state/own-name.ts';
import { useEnv } from '../view/env.ts';
import { deviceText } from '../view/text.ts';

const hour = 3600;
/** s, by the names of their texts */
const durations = { hour, 'four-hours': 4 * hour, day: 24 * hour, week: 7 * 24 * hour };
type Duration = keyof typeof durations;
/** ms after which a command that changed nothing was not heard */
const patience = 15_000;

type Form = 'acknowledge' | 'silence';

/** What people do with an alert: acknowledge, silence, and take both back. */
export function AlertActions({ alert }: { alert: AlertLine }) {
  const { words, now, act } = useEnv();
  const [form, setForm] = useState<Form>();
  const [sent, setSent] = useState<{ at: number; before: string }>();
  const box = useRef<HTMLDivElement>(null);
  const { status, fingerprint } = alert;
  if (!status || !act || alert.state === 'pending') return null;
  const state = dealtWith(status);
  const send = (...commands: AlertCommand[]) => {
    for (const command of commands) act(command);
    setSent({ at: now, before: state });
    close();
  };
  const close = () => {
    setForm(undefined);
    // The form goes, and the focus is not to go with it.
    box.current?.querySelector('button')?.focus();
  };
  const button = (key: string, onClick: () => void, isOpen?: boolean) => {
    const text = words.t(`elements.act.${key}`);
    const label = `${text}: ${deviceText(alert.summary)}`;
    const expanded = isOpen === undefined ? {} : { 'aria-expanded': isOpen };
    return h('button', { key, type: 'button', 'aria-label': label, onClick, ...expanded }, text);
  };
  const opens = (which: Form) =>
    button(which, () => setForm(form === which ? undefined : which), form === which);
  const isWaiting = sent?.before === state;
  const isUnheard = isWaiting && now - sent.at > patience;
  return h(
    'div',
    { class: 'act', ref: box },
    status.acknowledged
      ? button('unacknowledge', () => send({ command: 'unacknowledge', payload: { fingerprint } }))
      : opens('acknowledge'),
    status.silencedBy.length > 0
      ? button('expire', () =>
          send(...status.silencedBy.map((id) => ({ command: 'expire', payload: { id } }) as const)),
        )
      : opens('silence'),
    h(
      'span',
      { role: 'status', class: isUnheard ? 'warn' : 'muted' },
      isWaiting ? words.t(`elements.act.${isUnheard ? 'unheard' : 'sent'}`) : '',
    ),
    form ? h(ActionForm, { key: form, form, alert, send, close }) : null,
  );
}

interface ActionFormProps {
  form: Form;
  alert: AlertLine;
  send: (command: AlertCommand) => void;
  close: () => void;
}

function ActionForm({ form, alert, send, close }: ActionFormProps) {
  const { words } = useEnv();
  const [by, setBy] = useState(ownName);
  const [comment, setComment] = useState('');
  const [duration, setDuration] = useState<Duration>('hour');
  const first = useRef<HTMLFormElement>(null);
  const id = useId();
  // With the form and not after it is painted: what is typed at once belongs in it.
  useLayoutEffect(() => {
    const fields = [...(first.current?.querySelectorAll('input') ?? [])];
    (fields.find(({ value }) => value === '') ?? fields[0])?.focus();
  }, []);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (by.trim() === '') return;
    keepOwnName(by.trim());
    send(commandOf(form, alert, { by: by.trim(), comment: comment.trim() }, durations[duration]));
  };
  const field = (name: 'by' | 'comment', value: string, set: (value: string) => void) =>
    h(
      'label',
      { for: `${id}-${name}` },
      words.t(`elements.act.${name}`),
      h('input', {
        ...{ id: `${id}-${name}`, value, maxLength: name === 'by' ? 100 : 500 },
        ...{ required: name === 'by', autocomplete: name === 'by' ? 'name' : 'off' },
        onInput: (event: Event) => set((event.target as HTMLInputElement).value),
      }),
    );
  const title = words.t(`elements.act.${form}`);
  return h(
    'form',
    {
      ...{ ref: first, onSubmit },
      'aria-label': `${title}: ${deviceText(alert.summary)}`,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') close();
      },
    },
    field('by', by, setBy),
    field('comment', comment, setComment),
    form === 'silence'
      ? h(
          'label',
          { for: `${id}-for` },
          words.t('elements.act.duration'),
          h(
            'select',
            {
              ...{ id: `${id}-for`, value: duration },
              onChange: (event: Event) =>
                setDuration((event.target as HTMLSelectElement).value as Duration),
            },
            Object.keys(durations).map((name) =>
              h('option', { key: name, value: name }, words.t(`elements.duration.${name}`)),
            ),
          ),
        )
      : null,
    h('button', { type: 'submit', class: 'main' }, title),
    h('button', { type: 'button', onClick: close }, words.t('elements.act.cancel')),
  );
}

function commandOf(
  form: Form,
  { fingerprint, name, labels = {} }: AlertLine,
  { by, comment }: { by: string; comment: string },
  duration: number,
): AlertCommand {
  if (form === 'acknowledge') {
    return { command: 'acknowledge', payload: { fingerprint, by, comment } };
  }
  // Of this alert only, also when it comes again.
  const all = Object.entries({ alertname: name, ...labels });
  const matchers = all.map(([label, value]) => ({ name: label, value }));
  return { command: 'silence', payload: { matchers, duration, createdBy: by, comment } };
}

function dealtWith({ acknowledged, silencedBy }: AlertStatus): string {
  return JSON.stringify([acknowledged?.at ?? null, silencedBy]);
}
