import { seriesKey } from '../contract/reading.ts';
import type { History } from '../shared/history/history.ts';
import { labelMatchers } from '../shared/match/label-matchers.ts';

const minute = 60_000;
/** ms for which an answer is good: a range changes by the hour */
const goodFor = 60_000;
/** answers that are kept */
const mostKept = 200;
const mostSeries = 400;
/** ms between two looks of the node trend that a range is drawn over */
const shortestStep = 5 * minute;
const longestGap = 70 * minute;

/** What was normal for a series, in steps. */
export interface NormalColumns {
  /** ms since the Unix epoch: where steps begin that have a range */
  starts: number[];
  low: number[];
  high: number[];
}

/** Between what a series usually is, at times; null where that is not known. */
export interface NormalBand {
  low: (number | null)[];
  high: (number | null)[];
}

/** By the keys of the series that they are of. */
export type NormalRanges = ReadonlyMap<string, NormalColumns>;

/** What a history has of normal ranges, as the node trend tells them; asked for a device and kept for a while. */
export class PastNormal {
  readonly #history: () => Promise<Pick<History, 'read'>>;
  readonly #signal: AbortSignal;
  readonly #kept = new Map<string, { until: number; found: Promise<NormalRanges> }>();

  constructor(history: () => Promise<Pick<History, 'read'>>, signal: AbortSignal) {
    this.#history = history;
    this.#signal = signal;
  }

  /**
   * Reads those of a device from a time until now, ms since the Unix epoch. Rejects as the history does.
   * @param step of the lines that they are drawn with, in ms
   */
  of(device: string, from: number, now: number, step: number): Promise<NormalRanges> {
    const name = `${step} ${device}`;
    const kept = this.#kept.get(name);
    if (kept && kept.until > now) return kept.found;
    const found = this.#ask(device, from, now, Math.max(step, shortestStep));
    this.#kept.delete(name);
    this.#kept.set(name, { until: now + goodFor, found });
    found.catch(() => this.#kept.delete(name));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  async #ask(device: string, from: number, to: number, step: number): Promise<NormalRanges> {
    const history = await this.#history();
    const first = Math.floor(from / step);
    const count = Math.ceil(to / step) - first;
    const edges = Float64Array.from({ length: count + 1 }, (_, i) => (first + i) * step);
    const { series } = await history.read(
      {
        ...{ metrics: 'normal_low, normal_high', labels: labelMatchers({ device }) },
        ...{ maxSeries: mostSeries, limit: Infinity, from: edges[0]!, to: edges.at(-1)! },
        ...{ edges, aggregations: ['average'] },
      },
      this.#signal,
    );
    const lows = new Map<string, Float64Array>();
    const highs = new Map<string, Float64Array>();
    for (const { metric, labels, columns } of series) {
      const { of, ...own } = labels;
      if (of === undefined) continue;
      const ends = metric === 'normal_low' ? lows : highs;
      ends.set(seriesKey(of, own), columns.average!);
    }
    return new Map(
      [...lows].flatMap(([key, low]) => {
        const high = highs.get(key);
        return high ? [[key, known(edges, low, high)] as const] : [];
      }),
    );
  }
}

function known(edges: Float64Array, low: Float64Array, high: Float64Array): NormalColumns {
  const columns: NormalColumns = { starts: [], low: [], high: [] };
  for (const [i, value] of low.entries()) {
    if (Number.isNaN(value) || Number.isNaN(high[i]!)) continue;
    columns.starts.push(edges[i]!);
    columns.low.push(value);
    columns.high.push(high[i]!);
  }
  return columns;
}

/** The range at each time: the last one known, where that is not older than a bit more than an hour. */
export function bandAt(times: readonly number[], { starts, low, high }: NormalColumns): NormalBand {
  const band: NormalBand = { low: [], high: [] };
  let at = -1;
  for (const time of times) {
    while (at + 1 < starts.length && starts[at + 1]! <= time) at++;
    const isKnown = at >= 0 && time - starts[at]! <= longestGap;
    band.low.push(isKnown ? low[at]! : null);
    band.high.push(isKnown ? high[at]! : null);
  }
  return band;
}
