import type { Reading } from '../../nodes/contract/reading.ts';
import { seriesKey } from '../../nodes/contract/reading.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import { between, OpenPoints } from '../../nodes/shared/history/store/points.ts';
import { type Answer, answerFrom } from '../../nodes/shared/history/store/query.ts';
import { takesSeries } from '../../nodes/shared/history/store/series-filter.ts';
import { summarize } from '../../nodes/shared/history/store/summary.ts';

/** The rate of a subject at the exporter "gw", as a collector tells it. */
export function flow(
  value: number,
  subject: Record<string, string> = {},
  more: { interface?: string; device?: string; time?: number; info?: Record<string, string> } = {},
): Reading {
  const { device = 'gw', time = 0, info } = more;
  return {
    ...{ metric: 'flow_rate', value, unit: 'bit/s', time },
    labels: { device, interface: more.interface ?? 'wan', ...subject },
    ...(info && { info }),
  };
}

/** A history in memory that answers as one on a disk does. */
export class SmallHistory {
  readonly asked: AskedQuery[] = [];
  readonly #series = new Map<string, Reading & { points: OpenPoints }>();

  keep(...readings: Reading[]): void {
    for (const reading of readings) {
      const key = seriesKey(reading.metric, reading.labels);
      const known = this.#series.get(key) ?? { ...reading, points: new OpenPoints() };
      this.#series.set(key, known);
      known.points.add(reading.time, reading.value);
    }
  }

  read(query: AskedQuery): Promise<Answer> {
    this.asked.push(query);
    const { metrics, labels, ...rest } = query;
    const source = {
      series: [...this.#series.values()].map((one) => ({ ...one, info: one.info })),
      raw: ({ points }: { points: OpenPoints }, from: number, to: number) =>
        between(points.points(), from, to),
      summaries: ({ points }: { points: OpenPoints }, edges: Float64Array) =>
        Array.from(edges.subarray(1), (end, i) =>
          summarize(between(points.points(), edges[i]!, end)),
        ),
    };
    const work = answerFrom(source, { ...rest, takes: takesSeries(metrics, labels) });
    for (;;) {
      const step = work.next();
      if (step.done) return Promise.resolve(step.value);
    }
  }
}
