import { weightedMedian } from './weighted-median.ts';

const hoursOfWeek = 168;
/** weeks, or days, from which an hour of the week, or of the day, stands for itself */
const fewest = 3;
/** known hours from which there is a range at all */
const fewestHours = 24;
/** weeks after which one counts half */
const halfLife = 2;
/** hours to either side whose differences between weeks count too: those of three weeks are few */
const neighbours = 2;

/** What hours had, in order; NaN where nothing is known. */
export interface Hours {
  means: Float64Array;
  lowest: Float64Array;
  highest: Float64Array;
  /** of the week, 0 for Monday 00:00 */
  places: Uint8Array;
}

/** What is usual at each hour of the week. */
export interface NormalRange {
  low: Float64Array;
  high: Float64Array;
}

interface Usual {
  low: number;
  high: number;
  /** how much weeks, or days, differ */
  spread: number;
}

/**
 * What is usual at each hour of the week: the weighted median of what the weeks had as their lowest and highest value
 * then, and beyond that the usual difference between weeks (the median absolute deviation of their means), times the
 * tolerance. Newer weeks count more. An hour of the week is looked at alone where three weeks have it, else that hour of all days,
 * else all hours. Undefined with less than a day.
 */
export function normalRange(hours: Hours, tolerance: number): NormalRange | undefined {
  const known = Array.from(hours.means.keys()).filter((i) => !Number.isNaN(hours.means[i]!));
  if (known.length < fewestHours) return undefined;
  const ofWeek = usualOf(hours, known, hoursOfWeek);
  const ofDay = usualOf(hours, known, 24);
  const all = usualOf({ ...hours, places: new Uint8Array(hours.places.length) }, known, 1, 1)[0]!;
  let least = Infinity;
  for (const i of known) least = Math.min(least, hours.lowest[i]!);
  const low = new Float64Array(hoursOfWeek);
  const high = new Float64Array(hoursOfWeek);
  for (let place = 0; place < hoursOfWeek; place++) {
    const usual = ofWeek[place] ?? ofDay[place % 24] ?? all;
    const spread = ofWeek[place] ? around(ofWeek, place) : usual.spread;
    low[place] = usual.low - tolerance * spread;
    high[place] = usual.high + tolerance * spread;
    // What never was below 0 will not be.
    if (least >= 0 && low[place]! < 0) low[place] = 0;
  }
  return { low, high };
}

function usualOf(hours: Hours, known: number[], places: number, least = fewest) {
  const groups = new Map<number, number[]>();
  for (const i of known) {
    const place = hours.places[i]! % places;
    const group = groups.get(place);
    if (group) group.push(i);
    else groups.set(place, [i]);
  }
  const usual = new Array<Usual | undefined>(places).fill(undefined);
  for (const [place, group] of groups) {
    if (group.length < least) continue;
    const weights = group.map((i) => {
      const weeksAgo = Math.floor((hours.means.length - 1 - i) / hoursOfWeek);
      return 2 ** (-weeksAgo / halfLife);
    });
    const middle = (values: Float64Array) =>
      weightedMedian(
        group.map((i) => values[i]!),
        weights,
      );
    const center = middle(hours.means);
    const differences = group.map((i) => Math.abs(hours.means[i]! - center));
    usual[place] = {
      low: middle(hours.lowest),
      high: middle(hours.highest),
      spread: 1.4826 * weightedMedian(differences, weights),
    };
  }
  return usual;
}

// The middle of the differences of an hour and its neighbours.
function around(usual: readonly (Usual | undefined)[], place: number): number {
  const spreads: number[] = [];
  for (let by = -neighbours; by <= neighbours; by++) {
    const near = usual[(place + by + hoursOfWeek) % hoursOfWeek];
    if (near) spreads.push(near.spread);
  }
  return weightedMedian(
    spreads,
    spreads.map(() => 1),
  );
}

/**
 * How far a value is beyond a range, in widths of it: above 0 where it is too high, below 0 where it is too low. A range
 * without width counts as a hundredth of its value wide, and one that is nothing but 0 as wide as the value.
 */
export function deviationOf(value: number, low: number, high: number): number {
  const beyond = value > high ? value - high : value < low ? value - low : 0;
  if (beyond === 0) return 0;
  const width = Math.max(high - low, 0.01 * Math.max(Math.abs(low), Math.abs(high)));
  return beyond / (width === 0 ? Math.abs(value) : width);
}
