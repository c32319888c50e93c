import type uPlot from 'uplot';
import type { ThemeName } from '../theme/tokens.ts';
import type { PlotSeries } from './plot.ts';

/** how much of its colour an area has that is not under others */
const stackShare = 0.6;

/** The dot of the cursor on a line; none on what only surrounds a line. */
export function pointOf(series: PlotSeries | undefined): HTMLElement {
  const point = document.createElement('div');
  point.hidden = series?.kind !== 'line';
  if (point.hidden) point.style.display = 'none';
  return point;
}

/** How uPlot draws a column of a plot. */
export function seriesOptions(
  { kind, look }: PlotSeries,
  isFilled: boolean,
  theme: ThemeName,
): uPlot.Series {
  const points = { show: false };
  if (kind === 'least' || kind === 'most') {
    return { stroke: 'transparent', width: 0, points };
  }
  if (kind === 'before') return { stroke: alpha(look.color, 0.55), width: 1, dash: [4, 4], points };
  return {
    stroke: look.color,
    width: 1.6,
    dash: [...look.dash],
    ...(isFilled
      ? { fill: alpha(look.color, theme === 'dark' ? 0.22 : 0.16), fillTo: () => 0 }
      : {}),
    // A value alone between gaps is a point.
    points: { show: lonely, size: 4, fill: look.color, width: 0 },
  };
}

const lonely: uPlot.Series.Points.Show = (chart, i) => {
  const values = chart.data[i]!;
  return values.length < 3 || hasLonely(values);
};

function hasLonely(values: ArrayLike<unknown>): boolean {
  const known = Array.from(values).filter((value) => value !== undefined);
  return known.some(
    (value, i) =>
      typeof value === 'number' &&
      typeof known[i - 1] !== 'number' &&
      typeof known[i + 1] !== 'number',
  );
}

/** The areas of lines upon each other: the lowest one down to zero, each other one down to the one below. */
export function stackOf(
  series: readonly PlotSeries[],
): Pick<uPlot.Options, 'bands'> & { lowest: uPlot.Series } {
  const [first] = series;
  return {
    lowest: first ? { fill: alpha(first.look.color, stackShare), fillTo: () => 0 } : {},
    bands: series.slice(1).map(({ look }, i) => ({
      series: [i + 2, i + 1],
      fill: alpha(look.color, stackShare),
    })),
  };
}

/** The areas between the least and the most of each line. */
export function bandsOf(series: readonly PlotSeries[]): uPlot.Band[] {
  const place = (line: number, kind: PlotSeries['kind']) =>
    series.findIndex((one) => one.line === line && one.kind === kind) + 1;
  return series
    .filter(({ kind }) => kind === 'most')
    .map(({ line, look, isBelow }) => {
      const [most, least] = [place(line, 'most'), place(line, 'least')];
      // uPlot fills from the upper to the lower one.
      return {
        series: isBelow ? [least, most] : [most, least],
        fill: alpha(look.color, 0.18),
      };
    });
}

function alpha(color: string, share: number): string {
  return (
    color +
    Math.round(share * 255)
      .toString(16)
      .padStart(2, '0')
  );
}
