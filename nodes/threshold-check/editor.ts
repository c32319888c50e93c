import type { EditorNodeProperties, EditorRED } from 'node-red';
import { severities } from '../contract/alert.ts';
import { metrics, readUnit, readValue } from '../contract/metrics.ts';
import { format } from '../contract/units.ts';
import type { Column } from '../shared/editor/column.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { metricName } from '../shared/metric-name.ts';
import { type ThresholdCheckSettings, thresholdSettings } from './config.ts';
import { RulePasts } from './editor-past.ts';
import { similarMetrics } from './metric-hint.ts';
import {
  checkRule,
  checkUnique,
  comparisons,
  noDataActions,
  type Rule,
  ruleDefaults,
} from './rule.ts';

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
    outputs: 3,
    defaults: dialogDefaults(t, thresholdSettings),
    outputLabels: (index) => word(`label.${['alerts', 'active', 'replay'][index]}`),
    paletteLabel: () => word('type'),
    onpaletteadd: () => inPalette('netmon-threshold-check', word('found')),
    label() {
      return this.name || word('type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      const pasts = new RulePasts(t, this.id, () => rules?.refresh());
      rules = new Table($('#netmon-threshold-rules'), {
        columns: columns(),
        rows: this.rules.map(complete),
        empty: () => complete({ comparison: '>' }),
        check: () => {
          const names = new Set<string>();
          return (row, index) => checkUnique(`rules[${index}]`, row, names);
        },
        note,
        below: (row) => pasts.show(row),
        translate: t,
        addLabel: word('label.addRule'),
      });
    },
    oneditresize(size) {
      rules?.fit(size);
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
    column('metric', { suggestions: suggestions(), width: 'minmax(90px, 3fr)' }),
    column('comparison', {
      kind: 'select',
      options: comparisons.map((c) => [c, c] as const),
      width: '58px',
    }),
    column('threshold', { kind: 'number', width: 'minmax(104px, 1.4fr)', after: unitOf }),
    column('severity', {
      kind: 'select',
      options: words('severity', severities),
      width: 'minmax(84px, 1fr)',
    }),
    detail('name', { placeholder: word('placeholder.ruleName') }),
    detail('filter', { placeholder: word('placeholder.filter') }),
    detail('clearThreshold', {
      kind: 'number',
      placeholder: word('placeholder.clearThreshold'),
      after: unitOf,
    }),
    detail('criticalThreshold', {
      kind: 'number',
      placeholder: word('placeholder.criticalThreshold'),
      after: unitOf,
    }),
    detail('relativeTo', { placeholder: 'interface_speed', suggestions: suggestions() }),
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
    detail('summary', { kind: 'area', placeholder: word('placeholder.summary') }),
  ];
}

/** Each known metric, with its words and its unit. */
function suggestions() {
  return Object.entries(metrics).map(([metric, unit]) => {
    const words = metricName(metric, t);
    return [metric, unit === '1' ? words : `${words}, ${unit}`] as const;
  });
}

// Multiples of another series have no unit.
function unitOf({ metric, relativeTo }: Row): string {
  const unit = relativeTo ? '' : knownUnit(metric);
  return unit === '1' ? '' : unit;
}

function knownUnit(metric: unknown): string {
  const isKnown = typeof metric === 'string' && Object.hasOwn(metrics, metric);
  return isKnown ? metrics[metric as keyof typeof metrics] : '';
}

/** The rule as people say it: "CPU > 80 %", "errors per packet > 0.01 (1 %)", "incoming > 0.8 × speed". */
function ruleWords(rule: Rule): string {
  return `${metricName(rule.metric, t)} ${rule.comparison} ${numberWords(rule, rule.threshold)}`;
}

function numberWords({ metric, relativeTo }: Rule, value: number): string {
  if (relativeTo) {
    const { metric: other, text } = relativeTo;
    const name = text === other ? metricName(other, t) : text;
    return `${format(value, '1', navigator.language)} × ${name}`;
  }
  const unit = knownUnit(metric) || '1';
  const number = format(value, unit, navigator.language);
  const read = readUnit(metric, unit).unit;
  if (read === unit) return number;
  return `${number} (${format(readValue(metric, value, unit), read, navigator.language)})`;
}

// The rule in words, what a closed row would hide, and a metric that may be a slip.
function note(row: Row): string {
  const rule = checkRule('', row);
  const notes = [ruleWords(rule)];
  const add = (key: string, value: string) =>
    notes.push(t(`threshold-check.note.${key}`, { value }));
  const similar = similarMetrics(rule.metric).join(', ');
  if (similar !== '') add('similar', similar);
  if (row.name) notes.push(rule.name);
  if (rule.filter.text !== '') notes.push(rule.filter.text);
  if (rule.for > 0) add('for', String(rule.for));
  if (rule.clearThreshold !== undefined) {
    add('clearThreshold', numberWords(rule, rule.clearThreshold));
  }
  if (rule.criticalThreshold !== undefined) {
    add('criticalThreshold', numberWords(rule, rule.criticalThreshold));
  }
  if (rule.clearAfter > 0) add('clearAfter', String(rule.clearAfter));
  if (rule.onlyAfterOk) notes.push(word('note.onlyAfterOk'));
  if (rule.noData !== 'keep') add(rule.noData, String(rule.noDataAfter));
  else if (rule.metric === 'interface_up') add('switchedOff', word('noData.resolve'));
  return notes.join(' · ');
}
