import { Fragment, h } from 'preact';
import type { ConfigurationLine, ConfigurationsPage } from '../../contract/pages.ts';
import { Found, SearchForm } from '../parts/configuration-search.ts';
import { type Column, Table } from '../parts/table.ts';
import { Card } from '../view/card.ts';
import { type Env, useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { Sign } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { Headline } from './headline.ts';

const day = 86_400_000;

/** The devices whose configurations are kept, and what a search finds in them. */
export function Configurations({ page }: { page: ConfigurationsPage }) {
  const env = useEnv();
  const { words, now } = env;
  const { lines, search, problem } = page;
  const failing = lines.filter(({ failed }) => failed).length;
  const changed = lines.filter(({ changedAt, versions }) => {
    return versions > 1 && changedAt !== null && now - changedAt < day;
  }).length;
  const unsaved = lines.filter(({ unsavedSince }) => typeof unsavedSince === 'number').length;
  const title = [
    words.count('elements.configurations.devices', lines.length),
    ...(changed > 0 ? [words.count('elements.configurations.changed', changed)] : []),
    ...(unsaved > 0 ? [words.count('elements.configurations.unsaved', unsaved)] : []),
    ...(failing > 0 ? [words.count('elements.configurations.failing', failing)] : []),
  ].join(', ');
  return h(
    Fragment,
    null,
    h(Headline, { title, tone: failing + unsaved > 0 ? 'warn' : 'ok', page }),
    problem === undefined
      ? null
      : h('section', { class: 'card c12' }, h('p', { class: 'crit' }, deviceText(problem))),
    h(
      Card,
      { title: words.t('elements.card.search'), span: 12 },
      h(SearchForm, { search }),
      search ? h(Found, { search }) : null,
    ),
    h(
      Card,
      {
        title: words.t('elements.page.configurations'),
        note: words.t('elements.table.sort-note'),
        span: 12,
      },
      h(Table<ConfigurationLine>, {
        label: words.t('elements.page.configurations'),
        columns: columnsOf(env),
        rows: lines,
        keyOf: ({ device }) => device,
        sorting: { column: 'changed', isDescending: true },
        none: words.t('elements.configurations.none'),
      }),
    ),
  );
}

function columnsOf({ words, now }: Env): Column<ConfigurationLine>[] {
  const column = (name: string) => words.t(`elements.column.${name}`);
  return [
    {
      ...{ name: 'device', label: column('device'), class: 'name', inCard: 'head' },
      value: ({ title }) => title,
      // Of one that was never fetched there is nothing to show.
      cell: ({ device, title, versions }) =>
        versions === 0
          ? h('span', { class: 'cut' }, deviceText(title))
          : h(Link, { to: { page: 'configuration', device }, class: 'cut' }, deviceText(title)),
    },
    {
      ...{ name: 'state', label: column('state'), class: 'free', inCard: 'wide' },
      cell: (line) => h(ConfigurationState, { line }),
    },
    {
      ...{ name: 'changed', label: column('changed'), isNumber: true },
      value: ({ changedAt }) => changedAt,
      cell: ({ changedAt }) => (changedAt === null ? '–' : words.ago(changedAt, now)),
    },
    {
      ...{ name: 'fetched', label: column('fetched'), isNumber: true },
      value: ({ fetchedAt }) => fetchedAt,
      cell: ({ fetchedAt }) => (fetchedAt === null ? '–' : words.ago(fetchedAt, now)),
    },
    {
      ...{ name: 'versions', label: column('versions'), isNumber: true },
      value: ({ versions }) => versions,
      cell: ({ versions }) => words.number(versions),
    },
  ];
}

/** Whether there is nothing to tell of it. */
export function isWell({ failed, unsavedSince }: ConfigurationLine): boolean {
  return !failed && typeof unsavedSince !== 'number';
}

/** Whether the last fetch went well, and whether what is in use was saved. */
export function ConfigurationState({ line }: { line: ConfigurationLine }) {
  const { words, now } = useEnv();
  const { failed, unsavedSince } = line;
  const notes = [
    ...(failed
      ? [
          {
            name: 'failed',
            text: words.t('elements.configuration.failed', {
              ago: words.ago(failed.time, now),
              reason: deviceText(failed.reason),
            }),
          },
        ]
      : []),
    ...(typeof unsavedSince === 'number'
      ? [
          {
            name: 'unsaved',
            text: words.t('elements.configuration.unsaved', { time: words.moment(unsavedSince) }),
          },
        ]
      : []),
  ];
  if (notes.length === 0) {
    return h(
      'span',
      { class: 'ok' },
      h(Sign, { tone: 'ok' }),
      words.t('elements.configuration.well'),
    );
  }
  return h(
    Fragment,
    null,
    notes.map(({ name, text }) =>
      h('span', { key: name, class: 'note warn' }, h(Sign, { tone: 'warn' }), text),
    ),
  );
}
