import { Fragment, h } from 'preact';
import type { AlertLine } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { Sign, toneOfSeverity } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { AlertActions } from './alert-actions.ts';
import { AlertState } from './alert-state.ts';
import { routeOfAlert } from './attention.ts';
import { Suspects } from './suspects.ts';
import { type Column, Table } from './table.ts';

const worst = ['critical', 'warning', 'info'];

interface AlertTableProps {
  label: string;
  alerts: readonly AlertLine[];
  hasEnded: boolean;
  /** whether there is a history to tell what changed */
  hasHistory: boolean;
  none: string;
}

/** Alerts as a table: those of now, or those that are over. */
export function AlertTable({ label, alerts, hasEnded, hasHistory, none }: AlertTableProps) {
  const { words, now } = useEnv();
  const isManaged = !hasEnded && alerts.some(({ status }) => status !== undefined);
  const columns: Column<AlertLine>[] = [
    {
      name: 'severity',
      label: words.t('elements.column.severity'),
      inCard: 'state',
      class: 'fit',
      value: ({ severity, startsAt }) => worst.indexOf(severity) * 1e14 - startsAt,
      cell: ({ severity, state }) =>
        h(
          'span',
          { class: `state ${toneOfSeverity(severity)}` },
          h(Sign, { tone: toneOfSeverity(severity) }),
          words.severity(severity),
          state === 'pending'
            ? h('span', { class: 'since' }, ` ${words.t('elements.alerts.pending')}`)
            : null,
        ),
    },
    {
      name: 'summary',
      label: words.t('elements.column.alert'),
      inCard: 'head',
      class: 'sentence',
      value: ({ summary }) => summary,
      cell: (alert) => {
        const route = routeOfAlert(alert);
        const text = deviceText(alert.summary);
        return [
          route ? h(Link, { to: route }, text) : h('b', null, text),
          h('small', null, deviceText(alert.name), hasHistory ? h(WhatChanged, { alert }) : null),
          h(Suspects, { of: alert.suspects }),
        ];
      },
    },
    ...(isManaged
      ? [
          {
            name: 'managed',
            label: words.t('elements.column.state'),
            inCard: 'wide' as const,
            class: 'managed',
            cell: (alert: AlertLine) => [h(AlertState, { alert }), h(AlertActions, { alert })],
          },
        ]
      : []),
    {
      name: 'since',
      label: words.t(hasEnded ? 'elements.column.began' : 'elements.column.since'),
      class: 'fit',
      isNumber: true,
      value: ({ startsAt }) => startsAt,
      cell: ({ startsAt }) =>
        h(
          'span',
          { title: words.moment(startsAt) },
          hasEnded ? words.moment(startsAt) : words.span(now - startsAt),
        ),
    },
    ...(hasEnded
      ? [
          {
            name: 'lasted',
            label: words.t('elements.column.lasted'),
            class: 'fit',
            isNumber: true,
            value: ({ startsAt, endsAt }: AlertLine) =>
              endsAt === undefined ? null : endsAt - startsAt,
            cell: ({ startsAt, endsAt }: AlertLine) =>
              endsAt === undefined ? '–' : words.span(endsAt - startsAt),
          },
        ]
      : [
          {
            name: 'value',
            label: words.t('elements.column.value'),
            class: 'fit',
            isNumber: true,
            // Where nothing has a limit, such as whether a device answers, the sentence says it all.
            cell: ({ value, threshold, unit }: AlertLine) =>
              words.value(threshold === null ? null : value, unit),
          },
          {
            name: 'limit',
            label: words.t('elements.column.limit'),
            class: 'fit',
            isNumber: true,
            isExtra: true,
            cell: ({ threshold, unit }: AlertLine) => words.value(threshold, unit),
          },
        ]),
  ];
  return h(Table<AlertLine>, {
    ...{ label, columns, none, rows: alerts },
    keyOf: ({ fingerprint, startsAt }) => `${fingerprint} ${startsAt}`,
  });
}

/** Leads to what changed at the time of an alert. */
function WhatChanged({ alert }: { alert: AlertLine }) {
  const { words } = useEnv();
  const text = words.t('elements.changes.ask');
  const label = `${text} ${deviceText(alert.summary)}`;
  const to = { page: 'changes', alert: alert.fingerprint } as const;
  return h(Fragment, null, ' · ', h(Link, { to, class: 'what-changed', label }, text));
}
