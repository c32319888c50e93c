import type { Reading } from '../contract/reading.ts';
import type { Labels } from '../shared/match/label-filter.ts';
import { validFor } from './phase.ts';
import type { SeriesChoice } from './series-choice.ts';
import { SeriesMap } from './series-map.ts';

interface Latest {
  labels: Labels;
  value: number;
  /** of its arrival, ms on a monotonic clock */
  time: number;
  /** ms since the one before */
  gap: number;
}

/** The last values of the series that rules compare others with. */
export class LatestValues {
  readonly #series = new Map<string, SeriesMap<Latest>>();
  readonly #maxSeries: number;

  constructor(maxSeries: number) {
    this.#maxSeries = maxSeries;
  }

  /** Says which metrics are needed. What is known of them stays, what others had goes. */
  setMetrics(metrics: ReadonlySet<string>): void {
    for (const metric of this.#series.keys()) if (!metrics.has(metric)) this.#series.delete(metric);
    for (const metric of metrics) {
      if (!this.#series.has(metric)) this.#series.set(metric, new SeriesMap(metric));
    }
  }

  /** Takes note of what is needed of a message. More series of a metric than the most of all are not. */
  take(readings: readonly Reading[], now: number): void {
    if (this.#series.size === 0) return;
    for (const { metric, labels, value } of readings) {
      const series = this.#series.get(metric);
      if (!series) continue;
      const known = series.get(labels);
      if (known) {
        Object.assign(known, { value, time: now, gap: now - known.time });
      } else if (series.size < this.#maxSeries) {
        series.set(labels, { labels, value, time: now, gap: 0 });
      }
    }
  }

  /** What the series beside one with these labels has now; undefined where that is not known. */
  beside(choice: SeriesChoice, labels: Labels, now: number): number | undefined {
    const series = this.#series.get(choice.metric);
    for (const candidate of choice.beside(labels)) {
      const latest = series?.get(candidate);
      if (latest && now - latest.time <= validFor(latest.gap)) return latest.value;
    }
    return undefined;
  }

  /** Forgets what did not come for so many ms. */
  forget(now: number, after: number): void {
    for (const series of this.#series.values()) {
      for (const { labels, time } of series.values()) {
        if (now - time >= after) series.delete(labels);
      }
    }
  }
}
