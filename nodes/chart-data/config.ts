import * as check from '../shared/check.ts';
import type { LabelFilter } from '../shared/match/label-filter.ts';
import type { NameFilter } from '../shared/match/name-filter.ts';
import { parseLabels, parseMetrics } from '../shared/match/parse-filter.ts';
import { checkTemplate } from '../shared/template.ts';
import { unitNames } from './unit-choice.ts';

const dashboards = ['dashboard-2', 'dashboard-1'] as const;
/** FlowFuse's @flowfuse/node-red-dashboard, or node-red-dashboard. */
export type Dashboard = (typeof dashboards)[number];

const kinds = ['line', 'bar', 'pie', 'gauge', 'text', 'table', 'alerts'] as const;
export type Kind = (typeof kinds)[number];

const combinations = ['max', 'min', 'mean', 'sum', 'latest'] as const;
/** How a gauge or a text makes one value of several series. */
export type Combination = (typeof combinations)[number];

const orders = ['name', 'value'] as const;
/** By legend, or the largest first. */
export type Order = (typeof orders)[number];

const rowsOf = ['series', 'labels'] as const;
/** A table's rows: one a series, or one for all metrics of the same labels. */
export type RowsOf = (typeof rowsOf)[number];

/** The node's settings as the editor keeps them. */
export interface ChartDataSettings {
  name: string;
  dashboard: Dashboard;
  kind: Kind;
  /** names of metrics, separated by commas, with `*` and `!` as docs/filters.md has them */
  metrics: string;
  /** label matchers; empty means every series */
  filter: string;
  /** a template over the labels; empty means those that differ */
  legend: string;
  /** the unit to show values in; empty means one that fits them */
  unit: string;
  combine: Combination;
  order: Order;
  rows: RowsOf;
  /** the most series, slices or rows */
  limit: number;
  /** min that a line chart looks back */
  window: number;
  /** the most points a series */
  points: number;
  /** s after which a silent series is left out; a line leaves with its last point */
  staleAfter: number;
  /** s between two messages at the least */
  interval: number;
}

export const defaults: ChartDataSettings = {
  name: '',
  dashboard: 'dashboard-2',
  kind: 'line',
  metrics: 'in_rate, out_rate',
  filter: '',
  legend: '',
  unit: '',
  combine: 'max',
  order: 'name',
  rows: 'labels',
  limit: 12,
  window: 30,
  points: 200,
  staleAfter: 300,
  interval: 1,
};

/** The check of each setting; each returns the value or throws a FieldProblem. */
export const checks = {
  dashboard: (value: unknown) => check.oneOf('dashboard', value, dashboards),
  kind: (value: unknown) => check.oneOf('kind', value, kinds),
  metrics: (value: unknown) => parseMetrics('metrics', value),
  filter: (value: unknown) => parseLabels('filter', typeof value === 'string' ? value : ''),
  legend: (value: unknown) => checkTemplate('legend', value),
  unit: (value: unknown) => check.oneOf('unit', value, ['', ...unitNames]),
  combine: (value: unknown) => check.oneOf('combine', value, combinations),
  order: (value: unknown) => check.oneOf('order', value, orders),
  rows: (value: unknown) => check.oneOf('rows', value, rowsOf),
  limit: (value: unknown) => check.number('limit', value, { min: 1, max: 500, integer: true }),
  window: (value: unknown) => check.number('window', value, { min: 1, max: 10_080 }),
  points: (value: unknown) => check.number('points', value, { min: 10, max: 2000, integer: true }),
  staleAfter: (value: unknown) => check.number('staleAfter', value, { min: 1, max: 86_400 }),
  interval: (value: unknown) => check.number('pause', value, { min: 0.2, max: 3600 }),
};

/** The settings checked and understood. Times are in ms. */
export interface ChartOptions {
  dashboard: Dashboard;
  kind: Kind;
  metrics: NameFilter;
  filter: LabelFilter;
  legend: string;
  unit: string;
  combine: Combination;
  order: Order;
  rows: RowsOf;
  limit: number;
  window: number;
  points: number;
  staleAfter: number;
  interval: number;
}

/** Checks all settings; one that is missing has its default. Throws a FieldProblem. */
export function checkSettings(value: unknown): ChartOptions {
  const raw = { ...defaults, ...check.object('chart-data', value) };
  return {
    dashboard: checks.dashboard(raw.dashboard),
    kind: checks.kind(raw.kind),
    metrics: checks.metrics(raw.metrics),
    filter: checks.filter(raw.filter),
    legend: checks.legend(raw.legend),
    unit: checks.unit(raw.unit),
    combine: checks.combine(raw.combine),
    order: checks.order(raw.order),
    rows: checks.rows(raw.rows),
    limit: checks.limit(raw.limit),
    window: checks.window(raw.window) * 60_000,
    points: checks.points(raw.points),
    staleAfter: checks.staleAfter(raw.staleAfter) * 1000,
    interval: checks.interval(raw.interval) * 1000,
  };
}
