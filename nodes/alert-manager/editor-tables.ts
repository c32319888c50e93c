import { severities } from '../contract/alert.ts';
import type { Column } from '../shared/editor/column.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { checkUniqueMaintenance } from '../shared/maintenance.ts';
import type { Translate } from '../shared/problem.ts';
import type { ConfigurationInput } from './configuration.ts';
import { checkInhibition } from './inhibition.ts';
import { checkUniqueRoute, routeDefaults } from './route.ts';
import { checkNoCircle, checkParents, type ParentRow } from './topology.ts';

/** The tables of the dialog, by the settings that they are. */
export type Tables = Record<'routes' | 'inhibitions' | 'parents' | 'maintenance', Table>;

/** @param receivers those that are typed in now */
export function makeTables(
  node: ConfigurationInput,
  receivers: () => readonly string[],
  t: Translate,
): Tables {
  const word = (key: string) => t(`alert-manager.${key}`);
  const column = (name: string, more: Partial<Column> = {}): Column => ({
    name,
    label: word(`column.${name}`),
    ...more,
  });
  const matchers = 'site="berlin"';
  const options = { translate: t, height: 110 };
  const known = receivers().map((name) => [name, name] as const);
  const asAll = (name: string) =>
    ({
      name,
      label: word(`label.${name}`),
      placeholder: word('placeholder.asAll'),
      detail: true,
    }) as const;
  return {
    routes: new Table($('#netmon-alert-routes'), {
      ...options,
      addLabel: word('label.addRoute'),
      columns: [
        column('filter', { placeholder: word('placeholder.all'), width: '3fr' }),
        column('severity', {
          kind: 'select',
          options: severities.map((one) => [one, word(`severity.${one}`)] as const),
          width: 'minmax(90px, 1fr)',
        }),
        column('receiver', { suggestions: known, width: '2fr' }),
        column('name', { label: word('column.routeName'), detail: true }),
        column('continue', {
          kind: 'select',
          options: ['false', 'true'].map((one) => [one, word(`continue.${one}`)] as const),
          parse: (text) => text === 'true',
          show: (goesOn) => String(goesOn === true),
          detail: true,
        }),
        {
          ...asAll('groupBy'),
          show: (by) => (Array.isArray(by) ? by.join(', ') : typeof by === 'string' ? by : ''),
        },
        ...['groupWait', 'groupInterval', 'repeatInterval', 'escalateAfter'].map((name) => ({
          ...asAll(name),
          kind: 'number' as const,
        })),
        { ...asAll('escalateTo'), suggestions: known },
      ],
      rows: node.routes.map((row) => ({ ...shownDefaults, ...row })),
      empty: () => ({ ...shownDefaults }),
      check: () => {
        const names = new Set<string>();
        return (row, i) => checkUniqueRoute(`routes[${i}]`, row, names, receivers());
      },
    }),
    inhibitions: new Table($('#netmon-alert-inhibitions'), {
      ...options,
      addLabel: word('label.addInhibition'),
      columns: [
        column('source', { placeholder: 'severity="critical"', width: '1fr' }),
        column('target', { placeholder: 'severity="warning"', width: '1fr' }),
        column('equal', { placeholder: 'device', width: '1fr' }),
      ],
      rows: node.inhibitions,
      empty: () => ({}),
      check: () => (row, i) => checkInhibition(`inhibitions[${i}]`, row),
    }),
    parents: new Table($('#netmon-alert-parents'), {
      ...options,
      addLabel: word('label.addParents'),
      columns: [
        column('devices', { placeholder: 'ap-*, cam-*', width: '1fr' }),
        column('parents', { placeholder: 'switch-1', width: '1fr' }),
      ],
      rows: node.parents as unknown as Row[],
      empty: () => ({}),
      check: () => {
        const rows: ParentRow[] = [];
        return (row, i) => {
          rows.push(checkParents(`parents[${i}]`, row));
          checkNoCircle('parents', rows);
        };
      },
    }),
    maintenance: new Table($('#netmon-alert-maintenance'), {
      ...options,
      addLabel: word('label.addMaintenance'),
      columns: [
        column('name', { label: word('column.windowName'), width: '1fr' }),
        column('matchers', { placeholder: matchers, width: '1.4fr' }),
        column('from', { placeholder: '2026-11-25 22:00', width: '1.2fr' }),
        column('to', { placeholder: '2026-11-26 02:00', width: '1.2fr' }),
        column('days', { placeholder: word('placeholder.once'), detail: true }),
        column('timeZone', { placeholder: word('placeholder.own'), detail: true }),
      ],
      rows: node.maintenance as unknown as Row[],
      empty: () => ({}),
      check: () => {
        const names = new Set<string>();
        return (row, i) => checkUniqueMaintenance(`maintenance[${i}]`, row, names);
      },
    }),
  };
}

// A select shows what it is set to: the default has to stand in the row.
const shownDefaults = { severity: routeDefaults.severity, continue: routeDefaults.continue };
