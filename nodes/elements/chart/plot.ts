import type { Chart, ChartLimit, Line } from '../../contract/pages.ts';
import { scaleFor } from '../../contract/units.ts';
import { type LineLook, looksOf } from '../theme/line-colors.ts';
import type { ThemeName } from '../theme/tokens.ts';

/** The most lines of one chart, or pairs of in and out: so many colours can be told apart. */
const maxLines = 7;

type Shape = Pick<Chart, 'lines' | 'isMirrored' | 'isStacked'>;

/** The lines that a chart shows: of a mirrored one all of the first ports, of a stacked one all others as well. */
export function shownLines({ lines, isMirrored, isStacked }: Shape): Line[] {
  if (isStacked) return lines.slice(0, maxLines + 1);
  if (!isMirrored) return lines.slice(0, maxLines);
  const keys = [...new Set(lines.map(({ key }) => key))].slice(0, maxLines);
  return lines.filter(({ key }) => keys.includes(key));
}

/** A column of a plot: undefined where another column has the time and this one has none, null for a gap. */
type PlotColumn = (number | null | undefined)[];

export interface PlotSeries {
  kind: 'line' | 'before' | 'least' | 'most' | 'low' | 'high';
  /** its place in the chart's lines */
  line: number;
  /** drawn below zero */
  isBelow: boolean;
  look: LineLook;
  values: PlotColumn;
  /** what is told of it, where that is not what is drawn */
  told?: PlotColumn;
}

export interface Plot {
  /** ms since the Unix epoch, ascending */
  times: number[];
  series: PlotSeries[];
  lines: Line[];
  /** the largest distance from zero, in the chart's unit */
  lowest: number;
  highest: number;
  /** what a value is multiplied by for the axis, and the unit there */
  factor: number;
  unit: string;
}

const made = new WeakMap<Chart, Partial<Record<ThemeName, Plot>>>();

/**
 * What is drawn of a chart. Lines of different times share one axis of all of them. It is made once, for a chart asks
 * for it in several places and at each move of the pointer.
 */
export function plotOf(chart: Chart, theme: ThemeName): Plot {
  let plots = made.get(chart);
  if (!plots) made.set(chart, (plots = {}));
  return (plots[theme] ??= newPlot(chart, theme));
}

function newPlot(chart: Chart, theme: ThemeName): Plot {
  const lines = shownLines(chart);
  const looks = looksOf(lines, theme);
  if (chart.isStacked) return stackedPlot(chart, lines, looks);
  const times = allTimes(lines);
  const places = new Map(times.map((time, i) => [time, i]));
  const series: PlotSeries[] = [];
  let [lowest, highest] = [0, 0];
  lines.forEach((line, i) => {
    const isBelow = chart.isMirrored && line.role === 'out';
    const add = (
      kind: PlotSeries['kind'],
      from: number[],
      given: (number | null)[] | undefined,
    ) => {
      if (!given) return;
      const values: PlotColumn = new Array<undefined>(times.length).fill(undefined);
      from.forEach((time, at) => {
        const value = given[at] ?? null;
        const drawn = value !== null && Number.isFinite(value) ? (isBelow ? -value : value) : null;
        values[places.get(time)!] = drawn;
        if (drawn !== null) {
          lowest = Math.min(lowest, drawn);
          highest = Math.max(highest, drawn);
        }
      });
      series.push({ kind, line: i, isBelow, look: looks[i]!, values });
    };
    if (line.min && line.max) {
      add('least', line.times, line.min);
      add('most', line.times, line.max);
    }
    if (line.normal) {
      add('low', line.times, line.normal.low);
      add('high', line.times, line.normal.high);
    }
    if (line.before) add('before', line.before.times, line.before.values);
    add('line', line.times, line.values);
  });
  const { factor, unit } = scaleFor(Math.max(highest, -lowest), chart.unit);
  return { times, series, lines, lowest, highest, factor, unit };
}

// Each line is drawn at the sum of it and of those below.
function stackedPlot(chart: Chart, lines: Line[], looks: readonly LineLook[]): Plot {
  const times = lines[0]?.times ?? [];
  const sums = times.map(() => 0);
  const series = lines.map(({ values }, line): PlotSeries => {
    const told = times.map((_, i) => {
      const value = values[i] ?? null;
      return value !== null && Number.isFinite(value) ? value : null;
    });
    const drawn = told.map((value, i) => (value === null ? null : (sums[i]! += value)));
    const look = { ...looks[line]!, dash: [] };
    return { kind: 'line', line, isBelow: false, look, values: drawn, told };
  });
  const highest = sums.reduce((a, b) => Math.max(a, b), 0);
  const { factor, unit } = scaleFor(highest, chart.unit);
  return { times, series, lines, lowest: 0, highest, factor, unit };
}

function allTimes(lines: readonly Line[]): number[] {
  const all = new Set<number>();
  for (const { times, before } of lines) {
    for (const time of times) all.add(time);
    for (const time of before?.times ?? []) all.add(time);
  }
  return [...all].filter((time) => Number.isFinite(time)).sort((a, b) => a - b);
}

/**
 * The limits that a chart shows as lines: those that its values come near to, of outgoing traffic
 * below zero. One far away would press the values against zero, and stands below the chart in words.
 */
export function nearLimits(
  limits: readonly ChartLimit[],
  { highest, lowest }: Pick<Plot, 'highest' | 'lowest'>,
): ChartLimit[] {
  return limits
    .map((limit) => (limit.role === 'out' ? { ...limit, value: -limit.value } : limit))
    .filter(({ value }) => value <= Math.max(highest, 0) * 3 && value >= Math.min(lowest * 3, 0));
}

/**
 * The range of the value axis, in the chart's unit: from zero, up to a round number above values and limits; a
 * share that fills more than half of its range is seen against 100 %.
 */
export function axisRange(
  plot: Pick<Plot, 'lowest' | 'highest' | 'factor' | 'unit'>,
  limits: readonly Pick<ChartLimit, 'value'>[],
): [number, number] {
  const values = limits.map(({ value }) => value);
  const highest = Math.max(plot.highest, ...values);
  const lowest = Math.min(plot.lowest, ...values, 0);
  if (plot.unit === '%' && lowest === 0 && highest > 40 && highest <= 100) return [0, 100];
  const round = (value: number) => roundAbove(value * plot.factor * 1.04) / plot.factor;
  if (highest === 0 && lowest === 0) return [0, 1];
  return [lowest < 0 ? -round(-lowest) : 0, highest > 0 ? round(highest) : 0];
}

const roundNumbers = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

function roundAbove(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return roundNumbers.find((number) => number * power >= value - 1e-12)! * power;
}

/** Which points of a chart lie nearest to a time, by line: what a tooltip says, the largest first. */
export function valuesAt(
  plot: Plot,
  index: number,
): { line: number; value: number; before?: number }[] {
  const found = plot.lines.map((_, line) => {
    const at = (kind: PlotSeries['kind']) => {
      const column = plot.series.find((one) => one.line === line && one.kind === kind);
      const value = column && nearest(column.told ?? column.values, index);
      return typeof value === 'number'
        ? Math.abs(value) * Math.sign(column!.isBelow ? 1 : value || 1)
        : undefined;
    };
    const [value, before] = [at('line'), at('before')];
    return value === undefined
      ? undefined
      : { line, value, ...(before === undefined ? {} : { before }) };
  });
  return found.filter((one) => one !== undefined).sort((a, b) => b.value - a.value);
}

// Of lines with times of their own the value nearest to the one pointed at counts; a gap is a gap.
function nearest(values: PlotColumn, index: number): number | null | undefined {
  for (let distance = 0; distance <= 3; distance++) {
    for (const at of [index - distance, index + distance]) {
      if (values[at] !== undefined) return values[at];
    }
  }
  return undefined;
}
