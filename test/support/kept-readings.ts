import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import type { Answer } from '../../nodes/shared/history/store/query.ts';
import { parseLabels, parseMetrics } from '../../nodes/shared/match/parse-filter.ts';

/** A series: its metric, its labels, and pairs of a time (ms since the Unix epoch) and a value in %. */
export type Kept = [metric: string, labels: Record<string, string>, points: [number, number][]];

/** A history that has some readings, without a disk: raw, and the least and largest of steps. */
export class KeptReadings {
  /** what was asked for */
  readonly asked: AskedQuery[] = [];
  readonly #kept: readonly Kept[];

  constructor(kept: readonly Kept[]) {
    this.#kept = kept;
  }

  readonly read = async (query: AskedQuery, signal?: AbortSignal): Promise<Answer> => {
    // As the thread of a real one, it answers later.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    this.asked.push(query);
    const metrics = parseMetrics('metrics', query.metrics);
    const labels = parseLabels('labels', query.labels);
    const series = this.#kept
      .filter(([metric, own]) => metrics.takes(metric) && labels.takes(own))
      .map(([metric, own, all]) => {
        const points = all.filter(([time]) => query.from <= time && time < query.to);
        const common = { metric, labels: own, unit: '%', info: undefined };
        return { ...common, ...(query.edges ? steps(query.edges, points) : raw(points)) };
      });
    return { series: series.filter(({ times }) => times.length > 0), omitted: 0 };
  };
}

function raw(points: [number, number][]) {
  return {
    times: Float64Array.from(points, ([time]) => time),
    columns: { value: Float64Array.from(points, ([, value]) => value) },
  };
}

function steps(edges: ArrayLike<number>, points: [number, number][]) {
  const found = Array.from(edges)
    .slice(0, -1)
    .map((begin, i) => {
      const inside = points.filter(([time]) => begin <= time && time < edges[i + 1]!);
      return { begin, values: inside.map(([, value]) => value) };
    })
    .filter(({ values }) => values.length > 0);
  return {
    times: Float64Array.from(found, ({ begin }) => begin),
    columns: {
      min: Float64Array.from(found, ({ values }) => Math.min(...values)),
      max: Float64Array.from(found, ({ values }) => Math.max(...values)),
    },
  };
}
