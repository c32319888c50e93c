import { palette } from '../../shared/palette.ts';
import { isPart } from '../../shared/traffic/subjects.ts';
import { aligned } from '../aligned.ts';
import { paler } from '../colors.ts';
import type { Dashboard } from '../config.ts';
import { downsample, downsampleToNow, isSummarized, type Point } from '../downsample.ts';
import type { Group } from '../groups.ts';
import { rounded } from '../round.ts';
import type { Series } from '../series-store.ts';
import type { ChosenUnit } from '../unit-choice.ts';
import { lineUpdate } from '../widget-update.ts';
import { identity, membersOf, type Shape, type View } from './shape.ts';

export const lineShape: Shape = {
  hasHistory: true,
  adds: true,
  drawn: (series, view) => membersOf(shown(series, view)),
  draw(series, view) {
    const { options, words, colors, width } = view;
    const groups = shown(series, view);
    const known = groups.map(({ legend, members: [one] }) => ({ legend, points: one!.points }));
    // Parts of a whole are there to be stacked.
    const areParts = membersOf(groups).every(isPart);
    const own = areParts
      ? aligned(known, width)
      : known.map(({ legend, points }) => ({ legend, points: downsampleToNow(points, width) }));
    const ends = endsOf(own);
    const beside = groups.map(({ legend, members: [one] }): Line[] => {
      const before = downsample(view.before(one!), width);
      const y = view.percentile(one!);
      return [
        ...(before.length > 0
          ? [{ legend: words.before(legend, options.compare), points: before }]
          : []),
        ...(y === undefined
          ? []
          : [{ legend: words.percentile(legend), points: ends.map((x) => ({ x, y })) }]),
      ];
    });
    const lines = [...own, ...beside.flat()];
    const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
    const unit = view.unit(membersOf(groups), values);
    const payload = line(lines, unit, options.dashboard, width);
    const chosen = colors.of(groups.map(identity));
    const pale = beside.flatMap((some, i) => some.map(() => paler(chosen[i]!)));
    return { payload, unit, colors: [...chosen, ...pale], dashed: pale.length };
  },
  update: lineUpdate,
};

function shown(series: readonly Series[], { options, groups }: View): Group[] {
  return groups(series, false, Math.min(options.limit, palette.length));
}

/** A line to draw. */
export interface Line {
  legend: string;
  /** sorted by time */
  points: readonly Point[];
}

/**
 * A whole line chart, which replaces what the chart showed before. Only so can points be downsampled,
 * change their unit and leave. node-red-dashboard takes one object with a list of points a series,
 * Dashboard 2 a flat list of points; an empty list clears either.
 * @param width ms between points that never count as a gap
 */
export function line(
  lines: readonly Line[],
  { factor }: ChosenUnit,
  dashboard: Dashboard,
  width: number,
): unknown[] {
  const drawn = lines.map(({ legend, points }) => ({
    legend,
    points: withGaps(points, width).map(({ x, y }) => ({ x, y: y && rounded(y * factor) })),
  }));
  if (drawn.length === 0) return [];
  if (dashboard === 'dashboard-1') {
    return [
      {
        series: drawn.map(({ legend }) => legend),
        data: drawn.map(({ points }) => points),
        labels: [''],
      },
    ];
  }
  return drawn.flatMap(({ legend, points }) =>
    points.map((point) => ({ series: legend, ...point })),
  );
}

// When the first line begins and the last one ends.
function endsOf(lines: readonly Line[]): number[] {
  const ends = lines.flatMap(({ points }) => [points[0]!.x, points.at(-1)!.x]);
  const last = (a: number, b: number) => Math.max(a, b);
  return [ends.reduce((a, b) => Math.min(a, b), Infinity), ends.reduce(last, -Infinity)];
}

interface Drawn {
  x: number;
  /** null interrupts the line */
  y: number | null;
}

// A line drawn across an outage would show values that nobody saw.
function withGaps(points: readonly Point[], width: number): Drawn[] {
  const steps = points.slice(1).map((point, i) => point.x - points[i]!.x);
  const usual = median(steps);
  const longest = Math.max(3 * usual, 2 * width);
  const bucket = ({ x }: Point) => Math.floor(x / width);
  const pauses = points.slice(1).map((point, i) => bucket(point) - bucket(points[i]!));
  // Buckets as long as a history's summaries have a reading each: an empty one is a gap, however near its
  // neighbours' points are.
  const areFull = isSummarized(width) && median(pauses.filter((pause) => pause > 0)) === 1;
  return points.flatMap((point, i): Drawn[] => {
    const before = points[i - 1];
    const gap =
      before && (point.x - before.x > longest || (areFull && bucket(point) - bucket(before) > 1));
    return gap ? [{ x: before.x + Math.round(usual), y: null }, point] : [point];
  });
}

// The lower one of an even number: of two steps the longer may be the gap.
function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? 0;
}
