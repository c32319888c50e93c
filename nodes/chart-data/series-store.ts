import { type Reading, seriesKey } from '../contract/reading.ts';
import { downsample, type Point } from './downsample.ts';

/** What is known of one series. */
export interface Series {
  metric: string;
  labels: Readonly<Record<string, string>>;
  info: Readonly<Record<string, string>>;
  unit: string;
  /** the newest value */
  value: number;
  /** when the newest value was observed, ms since the Unix epoch, by the clock of its source */
  time: number;
  /** when a reading last arrived, on our own clock: those of sources decide neither order nor silence */
  seenAt: number;
  /** sorted by time; only the newest unless a history is kept */
  points: Point[];
}

/** Beyond this many series none is added: memory must not depend on what sources send. */
const maxSeries = 2000;

/** The newest value of each series and, where asked for, its points over a window of time. */
export class SeriesStore {
  readonly #keepFor: number;
  readonly #width: number;
  readonly #byKey = new Map<string, Series>();

  /**
   * @param keepFor ms after which a silent series goes; with a history, also the window of its points
   * @param width ms of the buckets that points are downsampled to, 0 for no history
   */
  constructor(keepFor: number, width: number) {
    this.#keepFor = keepFor;
    this.#width = width;
  }

  /** Takes a reading in: the newest is the one that came last, whatever its time says. */
  add(reading: Reading, now: number): void {
    const key = seriesKey(reading.metric, reading.labels);
    const { time, value, unit, info = {} } = reading;
    let series = this.#byKey.get(key);
    if (!series) {
      if (this.#byKey.size >= maxSeries) return;
      series = { ...reading, info, seenAt: now, points: [] };
      this.#byKey.set(key, series);
    }
    Object.assign(series, { value, time, unit, info, seenAt: now });
    if (this.#width > 0) this.#addPoint(series, { x: time, y: value }, now);
  }

  /** Takes in what was kept; of a series that has been heard since only the points. */
  restore(kept: readonly Series[]): void {
    for (const series of kept) {
      const key = seriesKey(series.metric, series.labels);
      const known = this.#byKey.get(key);
      if (known) {
        const first = known.points[0]?.x ?? Infinity;
        known.points.unshift(...series.points.filter(({ x }) => x < first));
      } else if (this.#byKey.size < maxSeries) {
        this.#byKey.set(key, { ...series, points: this.#width > 0 ? [...series.points] : [] });
      }
    }
  }

  /**
   * Takes in what a history database has: it stands for all until its last point, and what has been heard since
   * goes on from there.
   */
  takePast(past: readonly Series[]): void {
    for (const series of past) {
      const key = seriesKey(series.metric, series.labels);
      const known = this.#byKey.get(key);
      if (!known) {
        if (this.#byKey.size < maxSeries) {
          this.#byKey.set(key, this.#width > 0 ? series : { ...series, points: [] });
        }
      } else if (this.#width > 0) {
        const last = series.points.at(-1)?.x ?? -Infinity;
        known.points = [...series.points, ...known.points.filter(({ x }) => x > last)];
      }
    }
  }

  /** All series as they stand. */
  get all(): Series[] {
    return [...this.#byKey.values()];
  }

  /** The series of now, after silent ones and points older than the window have gone. */
  current(now: number): Series[] {
    for (const [key, series] of this.#byKey) {
      const first = series.points.findIndex((point) => point.x > now - this.#keepFor);
      if (this.#width > 0) series.points.splice(0, first < 0 ? series.points.length : first);
      const gone = this.#width > 0 ? first < 0 : series.seenAt <= now - this.#keepFor;
      if (gone) this.#byKey.delete(key);
    }
    return [...this.#byKey.values()];
  }

  /** When the next series goes if nothing more arrives, undefined where there is none. */
  nextExpiry(): number | undefined {
    let first: number | undefined;
    for (const { seenAt, points } of this.#byKey.values()) {
      const last = this.#width > 0 ? (points.at(-1)?.x ?? seenAt) : seenAt;
      if (first === undefined || last < first) first = last;
    }
    return first === undefined ? undefined : first + this.#keepFor;
  }

  #addPoint(series: Series, point: Point, now: number) {
    const { points } = series;
    if (point.x <= now - this.#keepFor || point.x > now + this.#keepFor) return;
    let at = points.length;
    while (at > 0 && points[at - 1]!.x > point.x) at--;
    if (points[at - 1]?.x === point.x) points[at - 1] = point;
    else points.splice(at, 0, point);
    // Downsampled before they are many, so that a fast source does not fill the memory.
    if (points.length > 2 * (this.#keepFor / this.#width + 1) + 100) {
      series.points = downsample(points, this.#width);
    }
  }
}
