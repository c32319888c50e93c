import { Fragment, h } from 'preact';
import type { DevicesPage, DeviceState } from '../../contract/pages.ts';
import { deviceColumns } from '../parts/device-columns.ts';
import { headline } from '../parts/headline.ts';
import { type Column, Table } from '../parts/table.ts';
import { Card } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { Headline } from './headline.ts';

type Line = DevicesPage['lines'][number];

/** How many lines are in each state. */
export function countsOf(lines: readonly { state: DeviceState }[]): Record<DeviceState, number> {
  const counts = { up: 0, degraded: 0, down: 0, maintenance: 0, unknown: 0 };
  for (const { state } of lines) counts[state]++;
  return counts;
}

/** All devices in a table. */
export function Devices({ page }: { page: DevicesPage }) {
  const { words } = useEnv();
  const { lines } = page;
  const devices = countsOf(lines);
  const { text, tone } = headline({ devices, checks: countsOf([]) }, words);
  const { name, state, bar, day, month, response, loss } = deviceColumns(
    words,
    words.t('elements.column.device'),
  );
  const share = (key: 'cpu' | 'memory', label: string): Column<Line> => ({
    name: key,
    label,
    isNumber: true,
    value: (line) => line[key],
    cell: (line) => words.percent(line[key]),
  });
  const ports: Column<Line> = {
    name: 'ports',
    label: words.t('elements.column.ports'),
    isNumber: true,
    isExtra: true,
    value: ({ portsUp }) => portsUp,
    cell: ({ portsUp, ports: all }) =>
      portsUp === null || all === null ? '–' : `${words.number(portsUp)} / ${words.number(all)}`,
  };
  const has = (of: (line: Line) => number | null) => lines.some((line) => of(line) !== null);
  const columns: Column<Line>[] = [
    ...[name, state, bar, day, { ...month, isExtra: true }, response],
    ...(has((line) => line.packetLoss) ? [loss] : []),
    ...(has((line) => line.portsUp) ? [ports] : []),
    ...(has((line) => line.cpu) ? [share('cpu', words.metric('cpu_usage'))] : []),
    ...(has((line) => line.memory) ? [share('memory', words.metric('memory_usage'))] : []),
  ];
  return h(
    Fragment,
    null,
    h(Headline, { title: text, tone, page }),
    h(
      Card,
      {
        title: words.t('elements.card.devices'),
        note: words.t('elements.table.sort-note'),
        span: 12,
      },
      h(Table<Line>, {
        label: words.t('elements.card.devices'),
        columns,
        rows: lines,
        keyOf: (line) => line.name,
        sorting: { column: 'state', isDescending: false },
        none: words.t('elements.device.none'),
      }),
    ),
  );
}
