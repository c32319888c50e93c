import type { Trend } from '../../series/forecast.ts';
import { rangeAt } from '../../series/line-range.ts';

/** points of a curve before and after now */
const before = 120;
const after = 40;

/** What a series was and is likely to be, for a chart; null where nothing is known. */
export interface Curve {
  /** ms since the Unix epoch */
  times: number[];
  value: (number | null)[];
  trend: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

/**
 * A series and its line with its range, from where its last level began on.
 * @param step of the values, in ms @param end of the last one @param ahead steps that the line goes on
 */
export function curveOf(
  trend: Trend,
  values: Float64Array,
  { step, end, ahead }: { step: number; end: number; ahead: number },
): Curve {
  const curve: Curve = { times: [], value: [], trend: [], low: [], high: [] };
  const add = (x: number, value: number) => {
    const has = x >= trend.begin;
    const line = trend.level + trend.slope * x;
    const range = trend.scale * rangeAt(trend.line, x);
    curve.times.push(Math.round(end + x * step));
    curve.value.push(Number.isNaN(value) ? null : value);
    curve.trend.push(has ? line : null);
    curve.low.push(has ? line - range : null);
    curve.high.push(has ? line + range : null);
  };
  const bin = Math.max(1, Math.ceil(values.length / before));
  for (let first = values.length % bin; first < values.length; first += bin) {
    add(first + bin / 2 - values.length, mean(values.subarray(first, first + bin)));
  }
  for (let i = 0; i <= after; i++) add((ahead * i) / after, Number.NaN);
  return curve;
}

function mean(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce(
    (sum, value) => sum + value / known.length,
    known.length > 0 ? 0 : Number.NaN,
  );
}
