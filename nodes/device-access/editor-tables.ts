import { checkOwnOid, ownKinds, type OwnOidRow } from '../protocols/snmp/profiles/own-oids.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { interfaceChecks, type SpeedRow } from '../shared/match/interface-filter.ts';
import type { Translate } from '../shared/problem.ts';

/** The table of interfaces whose speed the operator knows better. */
export function speedTable(rows: SpeedRow[], t: Translate): Table {
  return new Table($('#netmon-access-speeds'), {
    columns: [
      {
        name: 'names',
        label: t('device-access.column.names'),
        placeholder: 'wan*, Gi1/0/1',
        width: '2fr',
      },
      {
        name: 'megabits',
        label: t('device-access.column.megabits'),
        kind: 'number',
        placeholder: '100',
      },
    ],
    rows: rows as unknown as Row[],
    empty: () => ({}),
    check: () => (row) => interfaceChecks.interfaceSpeeds([row]),
    translate: t,
    addLabel: t('device-access.label.addSpeed'),
    height: 110,
  });
}

/** The table of the user's own OIDs. */
export function oidTable(rows: OwnOidRow[], t: Translate): Table {
  const column = (name: string) => ({ name, label: t(`device-access.column.${name}`) });
  return new Table($('#netmon-access-oids'), {
    columns: [
      { ...column('metric'), placeholder: 'ups_load', width: '2fr' },
      { ...column('oid'), placeholder: '1.3.6.1.2.1.33.1.4.4.1.5.1', width: '3fr' },
      {
        ...column('kind'),
        kind: 'select',
        options: ownKinds.map((kind) => [kind, t(`device-access.kind.${kind}`)]),
        width: '90px',
      },
      { ...column('unit'), detail: true },
      { ...column('scale'), kind: 'number', detail: true },
      {
        ...column('column'),
        kind: 'select',
        options: [
          ['value', t('device-access.reads.value')],
          ['column', t('device-access.reads.column')],
        ],
        parse: (text) => text === 'column',
        show: (isColumn) => (isColumn === true ? 'column' : 'value'),
        detail: true,
      },
      {
        ...column('labels'),
        placeholder: 'port=1.3.6.1.2.1.2.2.1.2',
        parse: (text) => text,
        detail: true,
      },
    ],
    rows: rows as unknown as Row[],
    empty: () => ({
      metric: '',
      oid: '',
      column: false,
      unit: '1',
      scale: 1,
      kind: 'gauge',
      labels: '',
    }),
    check: () => (row) => checkOwnOid('', row),
    translate: t,
    addLabel: t('device-access.label.addOid'),
    height: 140,
  });
}
