import { Fragment, h } from 'preact';
import { useState } from 'preact/hooks';
import type { ConfigurationPage, TextDiff, VersionLine } from '../../contract/pages.ts';
import { DiffTable } from '../parts/diff.ts';
import { WholeText } from '../parts/numbered-lines.ts';
import { type Column, Table } from '../parts/table.ts';
import { Card } from '../view/card.ts';
import { save } from '../view/download.ts';
import { type Env, useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { deviceText } from '../view/text.ts';
import { ConfigurationState, isWell } from './configurations.ts';

/** The versions of one device's configuration, and what two of them differ in. */
export function Configuration({ page }: { page: ConfigurationPage }) {
  const env = useEnv();
  const { words } = env;
  const { line, shown, compared, diff } = page;
  const title = deviceText(line.title);
  const isKnown = page.devices.some(({ name }) => name === line.device);
  return h(
    Fragment,
    null,
    h(
      'section',
      { class: 'card c12 head' },
      h(
        'div',
        { class: 'title' },
        h(
          'div',
          { class: 'title-line' },
          h('h1', { class: 'big cut', tabIndex: -1, title }, title),
          isWell(line) ? null : h('span', { class: 'state' }, h(ConfigurationState, { line })),
        ),
        h(
          'p',
          { class: 'muted' },
          [
            line.fetchedAt === null
              ? ''
              : words.t('elements.configuration.fetched', {
                  ago: words.ago(line.fetchedAt, env.now),
                }),
            words.count('elements.configuration.versions', line.versions),
          ]
            .filter(Boolean)
            .join(' · '),
          isKnown
            ? [
                ' · ',
                h(
                  Link,
                  { to: { page: 'device', device: line.device }, class: 'to' },
                  words.t('elements.configuration.device'),
                ),
              ]
            : null,
        ),
      ),
    ),
    h(
      Card,
      {
        title: words.t(`elements.card.${diff ? 'changes' : 'configuration'}`),
        note: diff ? countsOf(diff, env) : null,
        span: 12,
      },
      h(Chosen, { page }),
      diff && compared
        ? h(Compared, { diff, before: compared, after: shown })
        : h(WholeText, {
            ...{ text: page.text ?? '', left: page.textLeft ?? 0 },
            label: words.t('elements.card.configuration'),
          }),
    ),
    page.unsaved ? h(NotSaved, { diff: page.unsaved }) : null,
    h(
      Card,
      {
        title: words.t('elements.card.versions'),
        note:
          page.olderLeft > 0
            ? words.count('elements.configuration.older', page.olderLeft)
            : words.number(page.versions.length),
        span: 12,
      },
      h(Table<VersionLine>, {
        label: words.t('elements.card.versions'),
        columns: columnsOf(page, env),
        rows: page.versions,
        keyOf: ({ id }) => String(id),
        few: 20,
        none: words.t('elements.configurations.none'),
      }),
    ),
  );
}

/** What would be lost by a restart, and what would come back. */
function NotSaved({ diff }: { diff: TextDiff }) {
  const env = useEnv();
  const title = env.words.t('elements.card.unsaved');
  return h(
    Card,
    { title, note: countsOf(diff, env), span: 12 },
    h('p', { class: 'calm' }, env.words.t('elements.configuration.restart')),
    h(DiffTable, { diff, isBeside: false, label: title }),
  );
}

/** "+12 −3": lines that came and went. */
function countsOf({ added, removed }: { added: number; removed: number }, { words }: Env): string {
  return `+${words.number(added)} −${words.number(removed)}`;
}

/** Which versions are shown, and what else can be done with the one. */
function Chosen({ page }: { page: ConfigurationPage }) {
  const env = useEnv();
  const { words, go } = env;
  const { line, shown, compared, text, versions } = page;
  const { device } = line;
  const isWhole = text !== undefined;
  const listed = (one: VersionLine | undefined) =>
    one && !versions.some(({ id }) => id === one.id) ? [...versions, one] : versions;
  const choice = (
    name: 'version' | 'before',
    value: number | undefined,
    offered: readonly VersionLine[],
    onChoose: (id: number) => void,
  ) =>
    h(
      'label',
      null,
      `${words.t(`elements.configuration.${name}`)} `,
      h(
        'select',
        {
          value: value === undefined ? '' : String(value),
          onChange: (event: Event) => onChoose(Number((event.target as HTMLSelectElement).value)),
        },
        offered.map(({ id, time }) =>
          h('option', { key: id, value: String(id) }, words.moment(time)),
        ),
      ),
    );
  const version = shown.id;
  const others = listed(compared).filter(({ id }) => id !== version);
  const hasOther = others.length > 0;
  return h(
    'div',
    { class: 'chosen' },
    choice('version', version, listed(shown), (id) =>
      go({ page: 'configuration', device, version: id, ...(isWhole && hasOther && { isWhole }) }),
    ),
    !isWhole && hasOther
      ? choice('before', compared?.id, others, (before) =>
          go({ page: 'configuration', device, version, before }),
        )
      : null,
    !isWhole || shown.before !== undefined
      ? h(
          'button',
          {
            type: 'button',
            onClick: () =>
              go({ page: 'configuration', device, version, ...(!isWhole && { isWhole: true }) }),
          },
          words.t(`elements.configuration.${isWhole ? 'compare' : 'whole'}`),
        )
      : null,
    isWhole && !page.textLeft
      ? h(
          'button',
          { type: 'button', onClick: () => save(fileName(device, shown, words), text) },
          words.t('elements.configuration.download'),
        )
      : null,
    shown.changedBy === undefined
      ? null
      : h(
          'span',
          { class: 'muted' },
          words.t('elements.configuration.by', { who: deviceText(shown.changedBy) }),
        ),
  );
}

/** A name that every file system takes: "core-1 2026-11-28 1405.txt". */
function fileName(device: string, { time }: VersionLine, words: Env['words']): string {
  const name = device.replace(/[^\p{L}\p{N}.-]+/gu, '_').slice(0, 100);
  return `${name} ${words.moment(time).replace(':', '')}.txt`;
}

interface ComparedProps {
  diff: TextDiff;
  before: VersionLine;
  after: VersionLine;
}

function Compared({ diff, before, after }: ComparedProps) {
  const { words } = useEnv();
  const [isBeside, setBeside] = useState(false);
  return h(
    Fragment,
    null,
    h(
      'div',
      { class: 'views', role: 'group', 'aria-label': words.t('elements.diff.view') },
      [false, true].map((one) =>
        h(
          'button',
          {
            ...{ key: String(one), type: 'button', 'aria-pressed': one === isBeside },
            onClick: () => setBeside(one),
          },
          words.t(`elements.diff.${one ? 'beside' : 'unified'}`),
        ),
      ),
    ),
    h(DiffTable, {
      ...{ diff, isBeside },
      label: words.t('elements.bar.span', {
        from: words.moment(before.time),
        to: words.moment(after.time),
      }),
    }),
  );
}

function columnsOf(
  { line: { device }, shown }: ConfigurationPage,
  env: Env,
): Column<VersionLine>[] {
  const { words } = env;
  const column = (name: string) => words.t(`elements.column.${name}`);
  return [
    {
      ...{ name: 'version', label: column('version'), class: 'when', inCard: 'head' },
      cell: ({ id, time }) =>
        h(
          Link,
          { to: { page: 'configuration', device, version: id }, current: id === shown.id },
          words.moment(time),
        ),
    },
    {
      ...{ name: 'by', label: column('by'), class: 'free', inCard: 'wide' },
      cell: ({ changedBy }) => (changedBy === undefined ? '–' : deviceText(changedBy)),
    },
    {
      ...{ name: 'lines', label: column('lines'), isNumber: true },
      cell: (version) =>
        version.before === undefined
          ? words.t('elements.configuration.first')
          : countsOf(version, env),
    },
    {
      ...{ name: 'size', label: column('size'), isNumber: true, isExtra: true },
      cell: ({ size }) => words.value(size, 'B'),
    },
  ];
}
