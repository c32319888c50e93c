import type { Period } from '../../contract/pages.ts';
import { spans } from '../curves.ts';

const minute = 60_000;
const hour = 60 * minute;

/** ms of a step: at least the interval of collectors, and such that the summaries of a history fit into them */
const steps: Record<Period, number> = {
  '1h': minute,
  '6h': 2 * minute,
  '24h': 5 * minute,
  '7d': 30 * minute,
  '30d': 2 * hour,
};

/** What a page looks at. Times are ms since the Unix epoch. */
export interface TrafficSpan {
  from: number;
  to: number;
  step: number;
  /** the edges of all steps */
  fine: Float64Array;
  /** one step that is all of it */
  whole: Float64Array;
}

/** A period until now, or around a time, as far as that has passed. */
export function trafficSpan(period: Period, now: number, at?: number): TrafficSpan {
  const { length } = spans[period];
  const step = steps[period];
  const end = at === undefined ? now : Math.min(now, at + length / 2);
  const first = Math.floor(Math.max(0, end - length) / step);
  const count = Math.max(1, Math.ceil(end / step) - first);
  const fine = Float64Array.from({ length: count + 1 }, (_, i) => (first + i) * step);
  const whole = Float64Array.of(fine[0]!, fine.at(-1)!);
  return { from: fine[0]!, to: end, step, fine, whole };
}
