import * as check from '../shared/check.ts';
import { toReading } from '../shared/messages/read-readings.ts';
import { palette } from '../shared/palette.ts';
import type { Point } from './downsample.ts';
import type { Series } from './series-store.ts';

/** What a chart keeps over a deploy and a restart, as it stands in the state file. */
export interface Kept {
  version: 1;
  /** ms since the Unix epoch */
  date: number;
  series: KeptSeries[];
  /** places in the palette by the identity of a series */
  colors: [string, number][];
  /** what a message chose; missing where none did */
  period?: ChosenPeriod;
}

/** A time to look back that is not the dialog's, in ms. */
export interface ChosenPeriod {
  chosen: number;
  /** the dialog's, instead of which it was chosen: another one there replaces it */
  instead: number;
}

interface KeptSeries extends Omit<Series, 'seenAt'> {
  /** ms since a reading last arrived, at `date` */
  silentFor: number;
}

/** The most points in a file, about 5 MB: those of the series heard last. */
const maxPoints = 200_000;

/**
 * What is to be kept.
 * @param now on the clock of `seenAt`
 * @param date ms since the Unix epoch
 */
export function encode(
  series: readonly Series[],
  colors: [string, number][],
  now: number,
  date: number,
): Kept {
  let points = 0;
  const kept = series
    .toSorted((a, b) => b.seenAt - a.seenAt)
    .filter((one) => (points += one.points.length) <= maxPoints)
    .map(({ seenAt, ...one }) => ({ ...one, silentFor: now - seenAt }));
  return { version: 1, date, series: kept, colors };
}

/**
 * Reads what {@link encode} kept. One bad entry costs only itself.
 * @param now on the clock of `seenAt`
 * @param date ms since the Unix epoch
 */
export function decode(
  value: unknown,
  now: number,
  date: number,
): { series: Series[]; colors: [string, number][]; period: ChosenPeriod | undefined } {
  const raw = check.object('state', value);
  const away = Math.max(0, date - check.number('state.date', raw.date));
  return {
    series: check.array('state.series', raw.series).flatMap((one) => readSeries(one, now - away)),
    colors: check.array('state.colors', raw.colors).filter(isColor),
    period: isPeriod(raw.period) ? raw.period : undefined,
  };
}

function readSeries(value: unknown, now: number): Series[] {
  try {
    const raw = check.object('series', value);
    const { metric, value: number, unit, time, labels, info = {} } = toReading('series', raw, now);
    const silentFor = check.number('series.silentFor', raw.silentFor, { min: 0 });
    const points = check.array('series.points', raw.points).filter(isPoint);
    points.sort((a, b) => a.x - b.x);
    return [{ metric, value: number, unit, time, labels, info, seenAt: now - silentFor, points }];
  } catch {
    return [];
  }
}

function isPoint(value: unknown): value is Point {
  const { x, y } = (value ?? {}) as Partial<Point>;
  return Number.isFinite(x) && Number.isFinite(y);
}

function isColor(value: unknown): value is [string, number] {
  if (!Array.isArray(value)) return false;
  const [key, place] = value as unknown[];
  return typeof key === 'string' && palette[place as number] !== undefined;
}

function isPeriod(value: unknown): value is ChosenPeriod {
  const { chosen, instead } = (value ?? {}) as Partial<ChosenPeriod>;
  return Number.isFinite(chosen) && chosen! > 0 && Number.isFinite(instead);
}
