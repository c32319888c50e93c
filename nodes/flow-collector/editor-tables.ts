import type { Column } from '../shared/editor/column.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { toName } from '../shared/flows/own-names.ts';
import type { Translate } from '../shared/problem.ts';
import { type FlowConfig, toUniqueExporter } from './config.ts';

/** The tables of the dialog, by the settings that they are. */
export type Tables = Record<'exporters' | 'names', Table>;

/** A row as a flow keeps it: without what is empty. */
export function storedRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

export function makeTables(node: FlowConfig, t: Translate): Tables {
  const word = (key: string) => t(`flow-collector.${key}`);
  const column = (name: string, placeholder: string, more: Partial<Column> = {}): Column => ({
    name,
    label: word(`column.${name}`),
    placeholder: word(`placeholder.${placeholder}`),
    ...more,
  });
  return {
    exporters: new Table($('#netmon-flow-exporters'), {
      translate: t,
      height: 110,
      addLabel: word('label.addExporter'),
      columns: [
        column('address', 'address', { width: '2fr' }),
        column('name', 'exporterName', { width: '2fr' }),
        column('factor', 'factor', { kind: 'number', width: '1fr' }),
      ],
      rows: node.exporters as Row[],
      empty: () => ({}),
      check: () => {
        const names = new Set<string>();
        return (row, i) => toUniqueExporter(`exporters[${i}]`, row, names);
      },
    }),
    names: new Table($('#netmon-flow-names'), {
      translate: t,
      height: 110,
      addLabel: word('label.addName'),
      columns: [
        column('what', 'what', { width: '1fr' }),
        column('name', 'called', { width: '1fr' }),
      ],
      rows: node.names as Row[],
      empty: () => ({}),
      check: () => (row, i) => toName(`names[${i}]`, row),
    }),
  };
}
