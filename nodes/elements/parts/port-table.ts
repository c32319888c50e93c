import { h } from 'preact';
import type { PortLine, PortState } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { StateMark } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import { Sparkline } from './sparkline.ts';
import { type Column, Table } from './table.ts';

const worst: PortState[] = ['lost-link', 'busy', 'up', 'unknown', 'no-link', 'switched-off'];

/** All ports of a device, the busiest first. */
export function PortTable({ ports, period }: { ports: readonly PortLine[]; period: string }) {
  const { words } = useEnv();
  const number = (
    name: string,
    value: (port: PortLine) => number | null,
    text: (value: number) => string,
    isExtra = false,
  ): Column<PortLine> => ({
    ...{ name, value, isExtra, isNumber: true },
    label: words.t(`elements.column.${name}`),
    cell: (port) => {
      const known = value(port);
      return known === null ? '–' : h('span', { class: known === 0 ? 'zero' : '' }, text(known));
    },
  });
  const rate = (value: number) => words.value(value, 'bit/s');
  const used = number(
    'used',
    ({ utilization }) => utilization,
    (value) => words.percent(value),
  );
  const columns: Column<PortLine>[] = [
    {
      name: 'port',
      label: words.t('elements.column.port'),
      inCard: 'head',
      class: 'name',
      value: ({ name }) => name,
      cell: ({ device, name, alias }) =>
        h(
          'div',
          null,
          h(
            Link,
            {
              to: { page: 'port', device, interface: name },
              class: 'cut',
              title: deviceText(name),
            },
            deviceText(name),
          ),
          alias ? h('small', { class: 'cut', title: deviceText(alias) }, deviceText(alias)) : null,
        ),
    },
    {
      name: 'state',
      label: words.t('elements.column.state'),
      inCard: 'state',
      class: 'state-cell',
      value: ({ state }) => worst.indexOf(state),
      cell: ({ state, since }) =>
        h(StateMark, { state, since: state === 'lost-link' ? since : null }),
    },
    {
      ...used,
      cell: (port) =>
        port.utilization === null
          ? '–'
          : h('b', { class: port.state === 'busy' ? 'warn' : '' }, used.cell(port)),
    },
    number('in', ({ inRate }) => inRate, rate),
    number('out', ({ outRate }) => outRate, rate),
    number(
      'errors',
      ({ errorRate }) => errorRate,
      (value) => words.share(value),
      true,
    ),
    number(
      'discards',
      ({ discardRate }) => discardRate,
      (value) => words.share(value),
      true,
    ),
    number('speed', ({ speed }) => speed, rate, true),
    {
      name: 'curve',
      label: period,
      class: 'curve',
      isExtra: true,
      cell: ({ sparkline }) => h(Sparkline, { of: sparkline, tone: 'in' }),
    },
  ];
  return h(Table<PortLine>, {
    label: words.t('elements.card.ports-by-use'),
    columns,
    rows: ports,
    few: 24,
    keyOf: ({ name }) => name,
    sorting: { column: 'used', isDescending: true },
    none: words.t('elements.busiest.none'),
  });
}
