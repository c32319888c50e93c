import { h } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { TrafficPage, TrafficRequest } from '../../../contract/pages.ts';
import { useEnv } from '../../view/env.ts';
import { deviceText } from '../../view/text.ts';
import { localTime, timeOf } from './local-time.ts';

/** What is shown: of which exporter and interface, of which address, and when. */
export function ScopeForm({ page }: { page: TrafficPage }) {
  const { words, go } = useEnv();
  const id = useId();
  const [address, setAddress] = useState(page.search?.address ?? '');
  const [at, setAt] = useState(page.at === undefined ? '' : localTime(page.at));
  const { exporters, device } = page;
  const asked = askedIn(page);
  const interfaces = exporters.find(({ name }) => name === device)?.interfaces ?? [];
  const offered = page.interface === undefined ? [] : [page.interface];
  const names = [...new Set([...interfaces, ...offered])];
  const text = (key: string) => words.t(`elements.traffic.${key}`);
  const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;
  const submit = (event: Event) => {
    event.preventDefault();
    const [sought, time] = [address.trim(), timeOf(at)];
    const route: TrafficRequest = { page: 'traffic', ...scopeOf(asked) };
    if (sought !== '') route.address = sought;
    if (time !== undefined) route.at = time;
    // Who asks for a time wants to see that time.
    const isNewTime = time !== undefined && time !== page.at;
    go(route, isNewTime ? '1h' : undefined);
  };
  const known = page.parts.find(({ subject }) => subject === 'talker')?.shares ?? [];
  return h(
    'form',
    { class: 'find scope', role: 'search', onSubmit: submit },
    h(
      'label',
      null,
      h('span', null, text('exporter')),
      h(
        'select',
        {
          value: device ?? '',
          onChange: (event: Event) => go({ ...timeIn(asked), device: valueOf(event) }),
        },
        exporters.some(({ name }) => name === device)
          ? null
          : h('option', { value: device ?? '' }, deviceText(device ?? '–')),
        exporters.map(({ name, title }) =>
          h('option', { key: name, value: name }, deviceText(title)),
        ),
      ),
    ),
    h(
      'label',
      null,
      h('span', null, text('interface')),
      h(
        'select',
        {
          value: page.interface === undefined ? '' : `=${page.interface}`,
          onChange: (event: Event) => {
            const chosen = valueOf(event).slice(1);
            go({
              ...timeIn(asked),
              ...(device !== null && { device }),
              ...(chosen !== '' && { interface: chosen }),
            });
          },
        },
        h('option', { value: '' }, text('all-interfaces')),
        names.map((name) => h('option', { key: name, value: `=${name}` }, deviceText(name))),
      ),
    ),
    h(
      'label',
      null,
      h('span', null, text('address')),
      h('input', {
        ...{ type: 'search', value: address, maxLength: 500, spellcheck: false },
        ...{ autocomplete: 'off', list: id, placeholder: '10.0.0.7' },
        onInput: (event: Event) => setAddress(valueOf(event)),
      }),
      h(
        'datalist',
        { id },
        known
          .filter(({ isOther }) => !isOther)
          .map(({ name }) => h('option', { key: name, value: deviceText(name) })),
      ),
    ),
    h(
      'label',
      null,
      h('span', null, text('around')),
      h('input', {
        ...{ type: 'datetime-local', value: at },
        onInput: (event: Event) => setAt(valueOf(event)),
      }),
    ),
    h('button', { type: 'submit' }, text('find')),
    page.search || page.at !== undefined
      ? h(
          'button',
          { type: 'button', onClick: () => go({ page: 'traffic', ...scopeOf(asked) }) },
          text('all'),
        )
      : null,
  );
}

/** What a page shows, as it is asked for. */
export function askedIn({ device, interface: name, at, search }: TrafficPage): TrafficRequest {
  return {
    page: 'traffic',
    ...(device !== null && { device }),
    ...(name !== undefined && { interface: name }),
    ...(search && { address: search.address }),
    ...(at !== undefined && { at }),
  };
}

function scopeOf({ device, interface: name }: TrafficRequest): Partial<TrafficRequest> {
  return {
    ...(device !== undefined && { device }),
    ...(name !== undefined && { interface: name }),
  };
}

/** The address and the time of a request, whatever its interfaces. */
function timeIn({ page, address, at }: TrafficRequest): TrafficRequest {
  return { page, ...(address !== undefined && { address }), ...(at !== undefined && { at }) };
}
