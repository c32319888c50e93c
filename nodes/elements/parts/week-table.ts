import { h } from 'preact';
import type { WeekLine } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { deviceText } from '../view/text.ts';
import { type Column, Table } from './table.ts';

/** How the lines of a device were used in the last 7 days, and how that changed. */
export function WeekTable({ device, weeks }: { device: string; weeks: readonly WeekLine[] }) {
  const { words } = useEnv();
  const rate = (name: 'mean' | 'percentile95' | 'highest', isExtra = false): Column<WeekLine> => ({
    ...{ name, isExtra, isNumber: true, value: (line) => line[name] },
    label: words.t(`elements.column.${name}`),
    cell: (line) => words.value(line[name], 'bit/s'),
  });
  const columns: Column<WeekLine>[] = [
    {
      name: 'port',
      label: words.t('elements.column.port'),
      inCard: 'head',
      class: 'name',
      value: ({ name }) => name,
      cell: ({ name, role }) => {
        const text = `${deviceText(name)} ${words.t(`elements.role.${role}`)}`;
        const to = { page: 'port', device, interface: name } as const;
        return h(Link, { to, class: 'cut', title: text }, text);
      },
    },
    rate('mean'),
    {
      ...{ name: 'change', isNumber: true, value: ({ change }) => change },
      label: words.t('elements.column.change'),
      cell: ({ change }) =>
        change === null ? '–' : `${change > 0 ? '+' : ''}${words.value(change, '%')}`,
    },
    rate('percentile95'),
    rate('highest', true),
  ];
  return h(Table<WeekLine>, {
    ...{ label: words.t('elements.card.weeks'), columns, rows: weeks, few: 12 },
    keyOf: ({ name, role }) => `${role} ${name}`,
    sorting: { column: 'mean', isDescending: true },
    none: words.t('elements.busiest.none'),
  });
}
