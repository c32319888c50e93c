import type uPlot from 'uplot';
import type { ThemeName } from '../theme/tokens.ts';
import type { PlotSeries } from './plot.ts';

/** how much of its colour an area has that is not under others */
const stackShare = 0.6;
/** of what is normal, whatever the line and the theme */
const rangeColor = '#7a8594';

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
  if (kind === 'low' || kind === 'high') {
    return { stroke: alpha(rangeColor, 0.75), width: 1, dash: [1, 3], points };
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

/** The areas between the least and the most of each line, and those of what is normal for it. */
export function bandsOf(series: readonly PlotSeries[]): uPlot.Band[] {
  const place = (line: number, kind: PlotSeries['kind']) =>
    series.findIndex((one) => one.line === line && one.kind === kind) + 1;
  return series.flatMap(({ kind, line, look, isBelow }): uPlot.Band[] => {
    if (kind !== 'most' && kind !== 'high') return [];
    const [most, least] = [place(line, kind), place(line, kind === 'most' ? 'least' : 'low')];
    return [
      {
        // uPlot fills from the upper to the lower one.
        series: isBelow ? [least, most] : [most, least],
        fill: kind === 'most' ? alpha(look.color, 0.18) : alpha(rangeColor, 0.14),
      },
    ];
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
