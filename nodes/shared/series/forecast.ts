import { lastingSteps, type Spans } from './lasting-steps.ts';
import { crossing, type Line, reliability } from './line-range.ts';
import { quantile } from './quantile.ts';
import { rhythmOf } from './rhythm.ts';
import { aroundLines, medianSlope, type Points } from './theil-sen.ts';

/** points that the slope is taken from at most */
const mostPoints = 120;
/** How the values of a series follow one another. */
export interface Pace extends Spans {
  /** 24 for hourly values, 1 for daily ones */
  perDay: number;
  /** known values from which there is an answer, and the steps that they must span */
  fewest: number;
  shortest: number;
}

export const paces = {
  hourly: { perDay: 24, window: 24, lasting: 54, fewest: 36, shortest: 72 },
  daily: { perDay: 1, window: 7, lasting: 8, fewest: 8, shortest: 10 },
} satisfies Record<string, Pace>;

/** the share of what is known that the line must be made of */
const leastShare = 0.6;
/** standard deviations beyond which a point does not count for the line */
const outlying = 4.5;

/** What a series is likely to do, by what it did. */
export interface Trend {
  /** now */
  level: number;
  /** a step */
  slope: number;
  /** the unit of `line`, in that of the series: its squares may be no numbers */
  scale: number;
  line: Line;
  /** in steps, before which the line is drawn no more: where its last level began */
  begin: number;
}

/**
 * The line of a series without its daily and weekly rhythm, bad days and steps: Theil and Sen's, of means of so many
 * values that there are 120 at most. Its x is in steps from the end of the last one. Undefined where there is too
 * little for a line.
 * @param values NaN where nothing is known
 * @param hours of the week, 0 for Monday 00:00, of each value
 */
export function trendOf(values: Float64Array, hours: Uint8Array, pace: Pace): Trend | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  const first = values.findIndex((value) => !Number.isNaN(value));
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  if (known.length < pace.fewest || last - first + 1 < pace.shortest) return undefined;
  // Large values close together keep their digits so, and the squares of the largest are numbers.
  const middle = quantile(known.sort(), 0.5);
  const scale = known.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 0) || 1;
  const own = values.map((value) => (value - middle) / scale);
  const segments = lastingSteps(own, pace);
  const used = own.filter((value, i) => !Number.isNaN(value) && segments[i]! >= 0);
  if (used.length < leastShare * known.length) return undefined;
  let rhythm: Float64Array = new Float64Array(values.length);
  let points = pointsOf(own, rhythm, segments);
  for (let turn = 0; turn < 2; turn++) {
    const slope = medianSlope(points);
    const { levels } = aroundLines(points, slope);
    const flat = own.map((value, i) => {
      const segment = segments[i]!;
      if (segment < 0 || levels[segment] === undefined) return Number.NaN;
      return value - slope * ((i + 0.5 - values.length) / points.bin) - levels[segment];
    });
    rhythm = rhythmOf(flat, hours, pace.perDay);
    points = pointsOf(own, rhythm, segments);
  }
  const kept = withoutOutliers(points);
  const slope = medianSlope(kept);
  const { residuals, levels } = aroundLines(kept, slope);
  const { levelVariance, slopeVariance, covariance, factor } = reliability(
    ...[kept.x, residuals, kept.segment],
  );
  return {
    level: levels.at(-1)! * scale + middle,
    slope: (slope / points.bin) * scale,
    scale,
    line: {
      slope: slope / points.bin,
      levelVariance,
      slopeVariance: slopeVariance / points.bin ** 2,
      covariance: covariance / points.bin,
      factor,
    },
    begin:
      segments.indexOf(segments[segments.findLastIndex((segment) => segment >= 0)]!) -
      values.length,
  };
}

// Means of several hours each, so that their pairs are not too many. Their x is in such steps.
function pointsOf(
  values: Float64Array,
  rhythm: Float64Array,
  segments: Int8Array,
): Points & { bin: number } {
  const bin = Math.max(1, Math.ceil(values.length / mostPoints));
  const x: number[] = [];
  const y: number[] = [];
  const segment: number[] = [];
  for (let end = values.length; end > 0; end -= bin) {
    const sums = new Map<number, [sum: number, count: number, places: number]>();
    for (let i = Math.max(0, end - bin); i < end; i++) {
      if (Number.isNaN(values[i]!) || segments[i]! < 0) continue;
      const [sum, count, places] = sums.get(segments[i]!) ?? [0, 0, 0];
      sums.set(segments[i]!, [sum + values[i]! - rhythm[i]!, count + 1, places + i + 0.5]);
    }
    for (const [own, [sum, count, places]] of [...sums].reverse()) {
      y.push(sum / count);
      x.push((places / count - values.length) / bin);
      segment.push(own);
    }
  }
  return {
    x: Float64Array.from(x.reverse()),
    y: Float64Array.from(y.reverse()),
    segment: Uint8Array.from(segment.reverse()),
    bin,
  };
}

function withoutOutliers(points: Points): Points {
  const { residuals } = aroundLines(points, medianSlope(points));
  const spread = 1.4826 * quantile(residuals.map(Math.abs).sort(), 0.5);
  const size = points.y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = Math.max(outlying * spread, 1e-12 * size);
  const takes = (_: number, i: number) => Math.abs(residuals[i]!) <= most;
  const { x, y, segment } = points;
  return { x: x.filter(takes), y: y.filter(takes), segment: segment.filter(takes) };
}

/** When a limit is reached, in steps from the end of the last value, or why that cannot be told. */
export type UntilLimit =
  | {
      answer: 'trend';
      at: number;
      low: number;
      high: number;
      /** when it is reached if the latest value was no bad day, but the new level */
      soonest: number;
    }
  /** it may stay as it is, or goes away from the limit; `low` is the earliest that is likely all the same */
  | { answer: 'none' | 'away'; low: number | undefined }
  | { answer: 'passed' }
  | { answer: 'little' };

/**
 * When the line of a series reaches a limit, with the range in which the true time lies in 80 of 100 cases.
 * @param direction 1 where the limit is above, -1 where it is below
 */
export function untilLimit(
  trend: Trend,
  latest: number,
  limit: number,
  direction: 1 | -1,
): UntilLimit {
  const distance = (limit - trend.level) * direction;
  const left = (limit - latest) * direction;
  if (distance <= 0 || left <= 0) return { answer: 'passed' };
  const slope = trend.slope * direction;
  const line = { ...trend.line, slope: trend.line.slope * direction };
  const { at, low, high } = crossing(line, distance / trend.scale);
  if (at === undefined || high === undefined) {
    const isAway = slope < 0 && line.slope ** 2 > line.factor ** 2 * line.slopeVariance;
    return { answer: isAway ? 'away' : 'none', low: isAway ? undefined : low };
  }
  return { answer: 'trend', at, low: low!, high, soonest: Math.min(at, left / slope) };
}
