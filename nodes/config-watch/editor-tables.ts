import { severities } from '../contract/alert.ts';
import { checkUniqueRule } from '../shared/configurations/rules.ts';
import { withAddress } from '../shared/devices/devices.ts';
import type { Column } from '../shared/editor/column.ts';
import { deviceColumns } from '../shared/editor/device-table.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { checkUniqueMaintenance } from '../shared/maintenance.ts';
import type { Translate } from '../shared/problem.ts';
import type { WatchConfig } from './config.ts';
import type { WatchedDevice } from './config-watch.ts';
import { checkUniqueDevice } from './watched-devices.ts';

/** The tables of the dialog, by the settings that they are. */
export type Tables = Record<'devices' | 'maintenance' | 'rules', Table>;

/** A row of devices as a flow keeps it. */
export function storedDevice(row: Row): WatchedDevice {
  const stored: Row = { labels: {}, ...withAddress(row) };
  if (!stored.oldCiphers) Reflect.deleteProperty(stored, 'oldCiphers');
  return stored as unknown as WatchedDevice;
}

export function makeTables(node: WatchConfig, t: Translate): Tables {
  const word = (key: string) => t(`config-watch.${key}`);
  const column = (name: string, more: Partial<Column> = {}): Column => ({
    name,
    label: word(`column.${name}`),
    ...more,
  });
  const options = { translate: t, height: 140 };
  const matchers = 'site="berlin"';
  return { devices: devices(), maintenance: maintenance(), rules: rules() };

  function devices(): Table {
    const ciphers = ['false', 'true'].map((one) => [one, word(`oldCiphers.${one}`)] as const);
    const table = new Table($('#netmon-watch-devices'), {
      ...options,
      height: 190,
      addLabel: word('label.addDevice'),
      columns: [
        ...deviceColumns(word),
        column('oldCiphers', {
          kind: 'select',
          options: ciphers,
          parse: (text) => text === 'true',
          show: (isOld) => String(isOld === true),
          detail: true,
        }),
      ],
      rows: node.devices as unknown as Row[],
      empty: () => ({}),
      check: () => {
        const names = new Set<string>();
        return (row) => checkUniqueDevice(row, names);
      },
    });
    return table;
  }

  function maintenance(): Table {
    return new Table($('#netmon-watch-maintenance'), {
      ...options,
      addLabel: word('label.addMaintenance'),
      columns: [
        column('name', { label: word('column.windowName'), width: '1fr' }),
        column('matchers', { placeholder: matchers, width: '1.4fr' }),
        column('from', { placeholder: '22:00', width: '1fr' }),
        column('to', { placeholder: '02:00', width: '1fr' }),
        column('days', { placeholder: word('placeholder.once'), width: '1fr' }),
        column('timeZone', { placeholder: word('placeholder.own'), detail: true }),
      ],
      rows: node.maintenance as unknown as Row[],
      empty: () => ({}),
      check: () => {
        const names = new Set<string>();
        return (row, i) => checkUniqueMaintenance(`maintenance[${i}]`, row, names);
      },
    });
  }

  function rules(): Table {
    const kinds = ['mustHave', 'mustNotHave'].map((one) => [one, word(`kind.${one}`)] as const);
    const usual = { kind: 'mustHave', severity: 'warning' };
    return new Table($('#netmon-watch-rules'), {
      ...options,
      addLabel: word('label.addRule'),
      columns: [
        column('name', { placeholder: word('placeholder.ruleName'), width: '1.2fr' }),
        column('kind', { kind: 'select', options: kinds, width: '1fr' }),
        column('pattern', { placeholder: word('placeholder.pattern'), width: '2fr' }),
        column('devices', {
          label: word('column.matchers'),
          placeholder: word('placeholder.all'),
          detail: true,
        }),
        column('severity', {
          kind: 'select',
          options: severities.map((one) => [one, word(`severity.${one}`)] as const),
          detail: true,
        }),
      ],
      rows: node.rules.map((row) => ({ ...usual, ...row })),
      empty: () => ({ ...usual }),
      check: () => {
        const names = new Set<string>();
        return (row, i) => checkUniqueRule(`rules[${i}]`, row, names);
      },
    });
  }
}
