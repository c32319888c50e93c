import type { Chart, Line } from '../../contract/pages.ts';
import { rounded } from '../../contract/round.ts';
import { usualDistance } from '../../shared/series/figures.ts';
import type { Ranked, Ranking } from './ranking.ts';
import { meanOf, stepMeans, type Told } from './told.ts';
import type { TrafficSpan } from './traffic-span.ts';

const unit = 'bit/s';

/** Parts of traffic upon each other, all others on top. Titles are for whoever draws them. */
export function stackedChart({ top, rest }: Ranking, told: Told, span: TrafficSpan): Chart {
  const axis = axisOf(told, span);
  const lines = top.map((one) => lineOf(one.names[0]!, one, told, axis));
  if (rest) lines.push({ ...lineOf('', rest, told, axis), isOther: true });
  return { ...chart(lines), isStacked: true };
}

/** One line of what an address had in all. */
export function lineChart(name: string, one: Ranked, told: Told, span: TrafficSpan): Chart {
  return chart([lineOf(name, one, told, axisOf(told, span))]);
}

/** What an address got above, and what it sent below. */
export function pairChart(
  name: string,
  ends: { in: Ranked; out: Ranked },
  told: Told,
  span: TrafficSpan,
): Chart {
  const axis = axisOf(told, span);
  const lines = (['in', 'out'] as const).map((role) => ({
    ...lineOf(name, ends[role], told, axis),
    role,
  }));
  return { ...chart(lines), isMirrored: true };
}

function chart(lines: Line[]): Chart {
  return { title: '', unit, isMirrored: false, lines, limits: [], marks: [] };
}

/** Places of steps of which something is known, -1 for a gap, and their times. */
interface Axis {
  places: number[];
  times: number[];
}

function axisOf({ intervals }: Told, { fine, step, to }: TrafficSpan): Axis {
  const known = Array.from(intervals.keys()).filter((i) => intervals[i]! > 0);
  const usual = usualDistance(known);
  const axis: Axis = { places: [], times: [] };
  const timeOf = (place: number) => Math.min(fine[0]! + (place + 0.5) * step, to);
  for (const [i, place] of known.entries()) {
    const before = known[i - 1];
    // A line drawn across an outage would show values that nobody saw.
    if (before !== undefined && place - before > Math.max(3 * usual, 2)) {
      axis.places.push(-1);
      axis.times.push(timeOf(before + 1));
    }
    axis.places.push(place);
    axis.times.push(timeOf(place));
  }
  return axis;
}

function lineOf(name: string, { sums, sum }: Ranked, told: Told, { places, times }: Axis): Line {
  const means = stepMeans(sums, told);
  const values = places.map((place) => {
    const value = place < 0 ? null : means[place]!;
    return value === null ? null : rounded(value, unit);
  });
  const known = values.filter((value) => value !== null);
  const mean = meanOf(sum, told);
  return {
    ...{ name, key: name, role: 'value', unit, times, values },
    last: values.at(-1) ?? null,
    mean: mean === null ? null : rounded(mean, unit),
    highest: known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b)),
  };
}
