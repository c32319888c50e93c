import { quantile } from './quantile.ts';

const hoursOfWeek = 168;
/** days from which an hour of the day has a level of its own, and weeks from which a day of the week has */
const fewest = 3;

/**
 * How far each value usually is from the rest: the median of its hour of the day, and of its day of the week where
 * there are three weeks. What is less known is 0.
 * @param values from which the trend was taken out; NaN where nothing is known
 * @param hours of the week, 0 for Monday 00:00, of each value
 * @param perDay how many there are a day: 24 or 1
 */
export function rhythmOf(values: Float64Array, hours: Uint8Array, perDay: number): Float64Array {
  const rhythm = new Float64Array(values.length);
  if (perDay > 1) add(rhythm, values, (i) => hours[i]! % 24, fewest);
  if (values.length * 24 >= fewest * hoursOfWeek * perDay) {
    add(rhythm, values, (i) => Math.floor(hours[i]! / 24), fewest * perDay);
  }
  return rhythm;
}

function add(
  rhythm: Float64Array,
  values: Float64Array,
  placeOf: (index: number) => number,
  least: number,
): void {
  const groups = new Map<number, number[]>();
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const group = groups.get(placeOf(i));
    if (group) group.push(value - rhythm[i]!);
    else groups.set(placeOf(i), [value - rhythm[i]!]);
  }
  const levels = new Map<number, number>();
  for (const [place, group] of groups) {
    // Some may be missing.
    if (group.length < least * 0.6) continue;
    levels.set(place, quantile(Float64Array.from(group).sort(), 0.5));
  }
  // All together they take no level away.
  const all = [...levels.values()];
  const mean = all.reduce((sum, level) => sum + level, 0) / Math.max(1, all.length);
  for (let i = 0; i < rhythm.length; i++) {
    const level = levels.get(placeOf(i));
    if (level !== undefined) rhythm[i] = rhythm[i]! + level - mean;
  }
}
