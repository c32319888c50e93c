import type { Comparison } from '../contract/pages.ts';
import { seriesKey } from '../contract/reading.ts';
import { addDays } from '../shared/history/calendar.ts';
import type { History } from '../shared/history/history.ts';
import type { Answered } from '../shared/history/store/query.ts';
import { inSlices } from '../shared/in-slices.ts';
import { labelMatchers } from '../shared/match/label-matchers.ts';
import { percentile95 } from '../shared/series/figures.ts';
import { type Curves, type PastCurves, spans } from './curves.ts';
import type { Series } from './device-record.ts';
import { type Columns, recentStep } from './recent-points.ts';

const minute = 60_000;
/** answers that are kept */
const mostKept = 1000;
/** series of one device and metric above which all of them are read at once */
const mostAlone = 4;
/** series that have the same labels and others: the one that is meant is among so many */
const mostNamesakes = 100;
const mostPorts = 5000;

type Reader = Pick<History, 'read'>;
/** By the keys of series. */
type Found = Map<string, Columns>;

interface Span {
  /** ms since the Unix epoch */
  from: number;
  to: number;
  step: number;
}

interface Kept {
  /** ms since the Unix epoch */
  until: number;
  found: Promise<Found>;
}

/** Reads the curves of pages from a history, and keeps answers for a while: many browsers show the same. */
export class PastReader {
  readonly #history: () => Promise<Reader>;
  readonly #signal: AbortSignal;
  readonly #kept = new Map<string, Kept>();

  /** @param signal aborted where nobody waits for anything any more */
  constructor(history: () => Promise<Reader>, signal: AbortSignal) {
    this.#history = history;
    this.#signal = signal;
  }

  /** Reads what a page wants. Rejects as the history does. */
  async read({ wanted, period, compare, now, start }: Curves): Promise<PastCurves> {
    const { step, coarse } = spans[period];
    const fine = [...wanted.fine.values()];
    const links = step > 5 * minute ? fine.filter(({ metric }) => isRate(metric)) : [];
    const lacking = fine.filter((series) => !isKnown(series, start, step));
    const span = { from: start, to: now };
    const by = now - earlier(now, compare);
    const [past, small, before, averages] = await Promise.all([
      this.#each(lacking, { ...span, step }),
      this.#grouped([...wanted.coarse.values()], { ...span, step: coarse }),
      by === 0
        ? new Map<string, Columns>()
        : this.#each(fine, { from: start - by, to: now - by, step }),
      this.#each(links, { ...span, step: 5 * minute }),
    ]);
    return {
      fine: new Map(
        fine.flatMap((series) => {
          const columns = joined(past.get(series.key), series, step);
          return columns ? [[series.key, columns] as const] : [];
        }),
      ),
      coarse: small,
      before: new Map([...before].map(([key, columns]) => [key, moved(columns, by)])),
      percentiles: new Map(
        [...averages].flatMap(([key, { means }]) => {
          const value = percentile95(Float64Array.from(means));
          return value === undefined ? [] : [[key, value] as const];
        }),
      ),
    };
  }

  async #each(all: readonly Series[], span: Span): Promise<Found> {
    const found = await Promise.all(
      all.map(({ metric, labels, key }) =>
        this.#query(metric, labelMatchers(labels), mostNamesakes, key, span),
      ),
    );
    return new Map(all.flatMap(({ key }, i) => pick(found[i]!, key)));
  }

  async #grouped(all: readonly Series[], span: Span): Promise<Found> {
    const groups = Map.groupBy(all, ({ metric, labels }) => `${metric} ${labels.device}`);
    const found = await Promise.all(
      [...groups.values()].map(async (group) => {
        if (group.length <= mostAlone) return this.#each(group, span);
        const [{ metric, labels }] = group as [Series];
        const matchers = labelMatchers({ device: labels.device! });
        const some = await this.#query(metric, matchers, mostPorts, undefined, span);
        return new Map(group.flatMap(({ key }) => pick(some, key)));
      }),
    );
    return new Map(found.flatMap((some) => [...some]));
  }

  #query(
    metric: string,
    labels: string,
    maxSeries: number,
    only: string | undefined,
    { from, to, step }: Span,
  ): Promise<Found> {
    const first = Math.floor(from / step);
    const count = Math.ceil(to / step) - first;
    const name = [metric, labels, step, count, first].join('\n');
    const kept = this.#kept.get(name);
    if (kept && kept.until > to) return kept.found;
    const found = this.#ask(metric, labels, maxSeries, only, first, count, step);
    this.#kept.delete(name);
    this.#kept.set(name, { until: to + pause(step), found });
    found.catch(() => this.#kept.delete(name));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  async #ask(
    metrics: string,
    labels: string,
    maxSeries: number,
    only: string | undefined,
    first: number,
    count: number,
    step: number,
  ): Promise<Found> {
    const history = await this.#history();
    const edges = Float64Array.from({ length: count + 1 }, (_, i) => (first + i) * step);
    const { series } = await history.read(
      {
        ...{ metrics, labels, maxSeries, limit: Infinity },
        ...{ from: edges[0]!, to: edges.at(-1)!, edges, aggregations: ['average', 'min', 'max'] },
      },
      this.#signal,
    );
    return inSlices(columnsOf(series, step, only), { signal: this.#signal });
  }
}

/** When what is compared with was, ms since the Unix epoch. */
function earlier(now: number, compare: Comparison): number {
  if (compare === 'none') return now;
  return addDays(now, compare === 'yesterday' ? -1 : -7, '');
}

function isRate(metric: string): boolean {
  return metric === 'in_rate' || metric === 'out_rate';
}

/** ms for which an answer is good: what came since is not seen in steps of that length */
function pause(step: number): number {
  return Math.min(Math.max(step / 3, 10_000), 5 * minute);
}

// Whether the last hour in memory is all that is wanted.
function isKnown({ recent }: Series, start: number, step: number): boolean {
  const [first] = step === recentStep ? (recent?.columns().starts ?? []) : [];
  return first !== undefined && first <= start;
}

// In steps as memory has them, what came since Node-RED started is in memory already. Of a series that is all there,
// memory has more to show than one long step.
function joined(past: Columns | undefined, { recent }: Series, step: number): Columns | undefined {
  const own = recent?.columns();
  if (!own || !past) return past ?? own;
  if (past.starts[0]! + step > own.starts[0]!) return own;
  if (step !== recentStep) return past;
  const end = past.starts.findIndex((start) => start >= own.starts[0]!);
  const join = (before: number[], after: number[]) => [
    ...(end < 0 ? before : before.slice(0, end)),
    ...after,
  ];
  return {
    step,
    ...{ starts: join(past.starts, own.starts), means: join(past.means, own.means) },
    ...{ lowest: join(past.lowest, own.lowest), highest: join(past.highest, own.highest) },
  };
}

function moved(columns: Columns, by: number): Columns {
  return { ...columns, starts: columns.starts.map((start) => start + by) };
}

function pick(found: Found, key: string): [string, Columns][] {
  const columns = found.get(key);
  return columns && columns.starts.length > 0 ? [[key, columns]] : [];
}

function* columnsOf(
  series: readonly Answered[],
  step: number,
  only: string | undefined,
): Generator<void, Found> {
  const found: Found = new Map();
  for (const { metric, labels, times, columns: of } of series) {
    const key = seriesKey(metric, labels);
    if (only !== undefined && key !== only) continue;
    const columns: Columns = { step, starts: [], means: [], lowest: [], highest: [] };
    for (const [i, start] of times.entries()) {
      const value = of.average![i]!;
      if (Number.isNaN(value)) continue;
      columns.starts.push(start);
      columns.means.push(value);
      columns.lowest.push(of.min![i]!);
      columns.highest.push(of.max![i]!);
    }
    found.set(key, columns);
    yield;
  }
  return found;
}
