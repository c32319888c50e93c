import { h } from 'preact';
import type { DeviceLine } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { deviceColumns } from './device-columns.ts';
import { Table } from './table.ts';

interface AvailabilityProps {
  /** what is listed */
  kind: 'all' | 'checks' | 'status';
  lines: readonly DeviceLine[];
}

/** Devices or checks with their history bars, as they come: the worst first. */
export function AvailabilityTable({ kind, lines }: AvailabilityProps) {
  const { words } = useEnv();
  const label = words.t(kind === 'checks' ? 'elements.column.check' : 'elements.column.name');
  const { name, state, bar, day, month, response, loss } = deviceColumns(words, label);
  const hasLoss = kind !== 'status' && lines.some(({ packetLoss }) => packetLoss !== null);
  return h(Table<DeviceLine>, {
    label: words.t('elements.card.availability'),
    columns: [
      ...[name, state, bar, day, month],
      ...(kind === 'status' ? [] : [response]),
      ...(hasLoss ? [loss] : []),
    ],
    rows: lines,
    keyOf: (line) => line.name,
    none: words.t(kind === 'checks' ? 'elements.headline.nothing-checked' : 'elements.device.none'),
  });
}
