import * as check from '../shared/check.ts';
import { parseLabels, parseMetrics } from '../shared/match/parse-filter.ts';
import {
  choice,
  flag,
  number,
  type Parsed,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';
import { checkTemplate } from '../shared/template.ts';
import { unitNames } from './unit-choice.ts';

const dashboards = ['dashboard-2', 'dashboard-1'] as const;
/** FlowFuse's @flowfuse/node-red-dashboard, or node-red-dashboard. */
export type Dashboard = (typeof dashboards)[number];

const kinds = ['line', 'bar', 'pie', 'gauge', 'text', 'table', 'heatmap', 'alerts'] as const;
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

const comparisons = ['none', 'day', 'week'] as const;
/** What a line chart shows palely beside its lines: those of the day or of the week before. */
export type Comparison = (typeof comparisons)[number];

/** A heat map's cells: hours of the day by days, or series by time. */
const cellsOf = ['hours', 'series'] as const;

/** What is checked comes out in the runtime's form, times in ms. */
export const chartSettings = settings({
  name: unchecked(''),
  dashboard: choice('dashboard-2', dashboards),
  kind: choice('line', kinds),
  /** names of metrics, separated by commas, with `*` and `!` as docs/filters.md has them */
  metrics: setting('in_rate, out_rate', parseMetrics),
  /** label matchers; empty means every series */
  filter: setting('', (field, value) => parseLabels(field, typeof value === 'string' ? value : '')),
  /** a template over the labels; empty means those that differ */
  legend: setting('', checkTemplate),
  /** the unit to show values in; empty means one that fits them */
  unit: choice<string>('', ['', ...unitNames]),
  combine: choice('max', combinations),
  order: choice('name', orders),
  rows: choice('labels', rowsOf),
  /** of a heat map, which needs a history database */
  cells: choice('hours', cellsOf),
  /** the most series, slices or rows */
  limit: number(12, { min: 1, max: 500, integer: true }),
  /** needs a history database, as the next one does */
  compare: choice('none', comparisons),
  /** whether a line chart shows the 95th percentile of each line too */
  percentile: flag(false),
  /** min that a line chart looks back */
  window: number(30, { min: 1, max: 527_040, times: 60_000 }),
  /** the most points a series */
  points: number(200, { min: 10, max: 2000, integer: true }),
  /** s after which a silent series is left out; a line leaves with its last point */
  staleAfter: number(300, { min: 1, max: 86_400, times: 1000 }),
  /** s between two messages at the least */
  interval: setting(1, (_, value) => 1000 * check.number('pause', value, { min: 0.2, max: 3600 })),
});

export const { defaults, checks, read: checkSettings } = chartSettings;
export type ChartDataSettings = Values<typeof chartSettings> & {
  /** id of the history database that it reads what was before from; empty for none */
  database?: string;
};
export type ChartOptions = Parsed<typeof chartSettings>;
