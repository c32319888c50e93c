import type { EditorNodeProperties, EditorRED } from 'node-red';
import { severities } from '../contract/alert.ts';
import type { Column } from '../shared/editor/column.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { translator } from '../shared/editor/translate.ts';
import { metrics } from '../contract/metrics.ts';
import { type ThresholdCheckSettings, thresholdSettings } from './config.ts';
import { similarMetrics } from './metric-hint.ts';
import { checkRule, checkUnique, comparisons, noDataActions, ruleDefaults } from './rule.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & ThresholdCheckSettings;

const t = translator('netmon-threshold-check');
const word = (key: string) => t(`threshold-check.${key}`);
let rules: Table | undefined;

RED.nodes.registerType<Properties>('netmon-threshold-check', {
  ...withVersions<Properties>(thresholdSettings, {
    category: 'netmon',
    color: '#e2b96f',
    icon: 'netmon-threshold-check.svg',
    inputs: 1,
    outputs: 2,
    defaults: dialogDefaults(t, thresholdSettings),
    outputLabels: (index) => word(index === 0 ? 'label.alerts' : 'label.active'),
    paletteLabel: () => word('type'),
    label() {
      return this.name || word('type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      rules = new Table($('#netmon-threshold-rules'), {
        columns: columns(),
        rows: this.rules.map(complete),
        empty: () => complete({ comparison: '>' }),
        check: () => {
          const names = new Set<string>();
          return (row, index) => checkUnique(`rules[${index}]`, row, names);
        },
        note,
        translate: t,
        addLabel: word('label.addRule'),
        height: 420,
      });
    },
    oneditsave() {
      this.rules = rules?.rows() as unknown as Properties['rules'];
    },
  }),
});

// A select shows what it is set to: the default has to stand in the row.
function complete(row: object): Row {
  const { severity, onlyAfterOk, noData } = ruleDefaults;
  return { severity, onlyAfterOk, noData, ...row };
}

function columns(): Column[] {
  const column = (name: string, more: Partial<Column> = {}): Column => ({
    name,
    label: word(`rule.${name}`),
    ...more,
  });
  const words = (of: string, keys: readonly string[]) =>
    keys.map((key) => [key, word(`${of}.${key}`)] as const);
  const detail = (name: string, more: Partial<Column> = {}) =>
    column(name, { detail: true, ...more });
  const number = (name: string, placeholder: string | number) =>
    detail(name, { kind: 'number', placeholder: String(placeholder) });
  return [
    column('metric', { suggestions: Object.keys(metrics), width: 'minmax(90px, 3fr)' }),
    column('comparison', {
      kind: 'select',
      options: comparisons.map((c) => [c, c] as const),
      width: '58px',
    }),
    column('threshold', { kind: 'number', width: 'minmax(60px, 1fr)' }),
    column('severity', {
      kind: 'select',
      options: words('severity', severities),
      width: 'minmax(84px, 1fr)',
    }),
    detail('name', { placeholder: word('placeholder.ruleName') }),
    detail('filter', { placeholder: word('placeholder.filter') }),
    number('clearThreshold', word('placeholder.clearThreshold')),
    number('for', ruleDefaults.for),
    number('clearAfter', ruleDefaults.clearAfter),
    detail('onlyAfterOk', {
      kind: 'select',
      options: words('onlyAfterOk', ['false', 'true']),
      parse: (text) => text === 'true',
      show: (only) => String(only === true),
    }),
    detail('noData', { kind: 'select', options: words('noData', noDataActions) }),
    number('noDataAfter', ruleDefaults.noDataAfter),
    detail('summary', { placeholder: word('placeholder.summary') }),
  ];
}

// What a closed row would hide, and a metric that may be a slip.
function note(row: Row): string {
  const rule = checkRule('', row);
  const notes: string[] = [];
  const add = (key: string, value: string) =>
    notes.push(t(`threshold-check.note.${key}`, { value }));
  const similar = similarMetrics(rule.metric).join(', ');
  if (similar !== '') add('similar', similar);
  if (row.name) notes.push(rule.name);
  if (rule.filter.text !== '') notes.push(rule.filter.text);
  if (rule.for > 0) add('for', String(rule.for));
  if (rule.clearThreshold !== undefined) add('clearThreshold', String(rule.clearThreshold));
  if (rule.clearAfter > 0) add('clearAfter', String(rule.clearAfter));
  if (rule.onlyAfterOk) notes.push(word('note.onlyAfterOk'));
  if (rule.noData !== 'keep') add(rule.noData, String(rule.noDataAfter));
  else if (rule.metric === 'interface_up') add('switchedOff', word('noData.resolve'));
  return notes.join(' · ');
}
