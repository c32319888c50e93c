import { seriesKey } from '../../contract/reading.ts';
import type { Colors } from '../colors.ts';
import type { ChartOptions } from '../config.ts';
import type { Point } from '../downsample.ts';
import type { Group } from '../groups.ts';
import type { Series } from '../series-store.ts';
import type { ChosenUnit } from '../unit-choice.ts';
import type { Words } from '../words.ts';

/** What a shape draws with. */
export interface View {
  options: ChartOptions;
  words: Words;
  colors: Colors;
  /** ms of a bucket of points */
  width: number;
  /** Groups series under legends; with `joinMetrics` those of the same labels are together. */
  groups: (series: readonly Series[], joinMetrics: boolean, limit?: number) => Group[];
  /** The line of a series a day or a week before, moved to now; empty where none is to be shown. */
  before: (series: Series) => readonly Point[];
  /** The 95th percentile of a series; undefined where none is to be shown. */
  percentile: (series: Series) => number | undefined;
  /** One unit that fits some values of the series. */
  unit: (series: readonly Series[], values: readonly number[]) => ChosenUnit;
}

/** What a widget shows. */
interface Drawing {
  payload: unknown;
  /** of all numbers in the payload; missing where they have none of their own */
  unit?: ChosenUnit;
  /** in the order of what is shown; none where the widget chooses */
  colors?: readonly string[];
  /** of lines: how many of the last are dashed */
  dashed?: number;
  /** of a table: for each row the bare numbers of its columns, in base units, to sort by */
  numbers?: Record<string, number>[];
}

/** A kind of chart that readings are shown in. */
export interface Shape {
  /** whether it shows what was before, and not only the newest values */
  hasHistory?: boolean;
  /** whether Dashboard 2's widget adds to what it showed unless it is told to forget that */
  adds?: boolean;
  /** of lines: those that are drawn */
  drawn?: (series: readonly Series[], view: View) => Series[];
  draw: (series: readonly Series[], view: View) => Drawing;
  /** the properties of a Dashboard 2 widget for a unit, colours and how many lines at the end are dashed; missing where it has none */
  update?: (unit: string, colors: readonly string[], dashed: number) => object;
}

/** The one series of a group that joins no metrics, as a text. */
export function identity({ members: [one] }: Group): string {
  return seriesKey(one!.metric, one!.labels);
}

export function newest({ value }: Series): number {
  return value;
}

export function membersOf(groups: readonly Group[]): Series[] {
  return groups.flatMap(({ members }) => members);
}
