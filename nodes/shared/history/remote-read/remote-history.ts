import { metricUnit } from '../../../contract/metrics.ts';
import { seriesKey } from '../../../contract/reading.ts';
import { inSlices } from '../../in-slices.ts';
import { Problem } from '../../problem.ts';
import type { AnalysisName, RequestOf, ResultOf } from '../analyses/index.ts';
import { analyseInThread } from '../analyses/thread.ts';
import type { History } from '../history.ts';
import type { AskedQuery } from '../store/messages.ts';
import { between, type Points } from '../store/points.ts';
import { type Answer, answerFrom, inOrder, type Source } from '../store/query.ts';
import { takesSeries } from '../store/series-filter.ts';
import type { LatestValue } from '../store/store.ts';
import { combine, summarize, type Summary } from '../store/summary.ts';
import type { Server, ServerSeries } from './server.ts';

/** readings of one request, so that its answer holds nobody up */
const part = 10_000;
/** readings of a series above which its server makes the summaries of steps */
const many = 20_000;
/** times of one request: Prometheus gives up to 11,000 of a series */
const mostTimes = 10_000;
/** ms for which servers take a reading for the value at a time */
const lookBack = 5 * 60_000;

/** A series that a server has, and how much of it. */
interface Found {
  metric: string;
  labels: Record<string, string>;
  unit: string;
  info: undefined;
  count: number;
}

type Fetched = Found & { points: Points; summaries: (Summary | undefined)[] | undefined };

/**
 * The history that a server with Prometheus' interface has, read as that of a folder is: readings are asked
 * for as they came, and from there on it is the same work. Of very many, the server makes the summaries of
 * steps.
 */
export class RemoteHistory implements Pick<
  History,
  'read' | 'analyse' | 'write' | 'latest' | 'backup' | 'labelNames' | 'retention'
> {
  readonly #server: Pick<Server, 'names' | 'at' | 'over'>;
  readonly #many: number;
  readonly #now: () => number;
  /** the analyses before: each goes after the other */
  #analysing: Promise<void> = Promise.resolve();

  /** @param now ms since the Unix epoch */
  constructor(
    server: Pick<Server, 'names' | 'at' | 'over'>,
    now: () => number,
    mostOfSeries = many,
  ) {
    this.#now = now;
    this.#server = server;
    this.#many = mostOfSeries;
  }

  /** Reads. Rejects with a Problem, or with the signal's reason once it is aborted. */
  async read(
    { metrics, labels, ...query }: AskedQuery,
    signal = new AbortController().signal,
  ): Promise<Answer> {
    // The server has `_` where a name has `.`, `/` or `-`.
    const takes = takesSeries(metrics.replace(/[./-]/g, '_'), labels);
    const { edges, group, top, maxSeries } = query;
    const from = edges?.[0] ?? query.from;
    const to = edges?.at(-1) ?? query.to;
    const found = (await this.#find(metrics, from, to, signal)).filter(takes);
    const left = inOrder(found, query.after, query.keys);
    const wanted = group || top !== undefined ? left : left.slice(0, maxSeries);
    const isRaw = !edges || (query.aggregations ?? []).some((name) => name.startsWith('p'));
    const fetched: Fetched[] = [];
    for (const one of wanted) {
      fetched.push(
        isRaw || one.count <= this.#many
          ? { ...one, points: await this.#points(one, from, to, signal), summaries: undefined }
          : { ...one, points: none, summaries: await this.#summaries(one, edges, signal) },
      );
    }
    const source: Source<Fetched> = {
      series: fetched,
      raw: ({ points }, begin, end) => between(points, begin, end),
      summaries: ({ points, summaries }, steps) => summaries ?? summariesOf(points, steps),
    };
    const answer = await inSlices(answerFrom(source, { ...query, takes: () => true }), { signal });
    return { ...answer, omitted: answer.omitted + left.length - wanted.length };
  }

  /** As `History.analyse`; what is read goes to a thread of its own, where the analysis is made. */
  async analyse<Name extends AnalysisName>(
    name: Name,
    request: RequestOf<Name>,
    signal = new AbortController().signal,
  ): Promise<ResultOf<Name>> {
    const before = this.#analysing;
    const work = before.then(() =>
      analyseInThread(name, request, (query) => this.read(query, signal), signal),
    );
    this.#analysing = work.then(noop, noop);
    return work;
  }

  /** A server is only read here. */
  write(): Promise<never> {
    return Promise.reject(new Problem('historyServerWrite'));
  }

  /** The names of the labels that series of a span have which a filter takes, sorted. */
  async labelNames({
    metrics,
    labels,
    from,
    to,
  }: Pick<AskedQuery, 'metrics' | 'labels' | 'from' | 'to'>): Promise<string[]> {
    const takes = takesSeries(metrics.replace(/[./-]/g, '_'), labels);
    const found = await this.#find(metrics, from, to, new AbortController().signal);
    return [...new Set(found.filter(takes).flatMap((one) => Object.keys(one.labels)))].sort();
  }

  /** Whoever asks for it is about to write. */
  get retention(): never {
    throw new Problem('historyServerWrite');
  }

  /** Its own means make a backup of a server. */
  backup(): Promise<never> {
    return Promise.reject(new Problem('historyServerWrite'));
  }

  /**
   * The last value of each series that has one since `from`, in ms since the Unix epoch. A time is exact for
   * spans of up to a day, and where there is a reading every 5 minutes.
   */
  async latest(from: number): Promise<LatestValue[]> {
    const signal = new AbortController().signal;
    const now = this.#now();
    const span = Math.max(1, now - from);
    const step = Math.min(lookBack, Math.max(10_000, Math.ceil(span / 1000)));
    const all: LatestValue[] = [];
    for (const metric of await this.#server.names(from, now, signal)) {
      const selected = selector(metric, {});
      const [values, times] = await Promise.all([
        this.#server.at(`last_over_time(${selected}[${span}ms])`, now, signal),
        this.#server.at(
          `max_over_time(timestamp(${selected})[${span}ms:${step}ms])`,
          ...[now, signal],
        ),
      ]);
      const known = new Map(times.map((one) => [keyOf(metric, one.metric), one.value]));
      for (const { metric: found, value } of values) {
        const [, time] = known.get(keyOf(metric, found)) ?? [];
        const labels = { ...found };
        delete labels.__name__;
        all.push({
          ...{ metric, labels, unit: metricUnit(metric), value: Number(value?.[1]) },
          time: time === undefined ? from : Math.round(Number(time) * 1000),
        });
      }
    }
    return all;
  }

  // The series of those metrics that have a reading in the span, and how many.
  async #find(metrics: string, from: number, to: number, signal: AbortSignal): Promise<Found[]> {
    const takes = takesSeries(metrics.replace(/[./-]/g, '_'), '');
    const names = await this.#server.names(from, to, signal);
    const all: Found[] = [];
    for (const metric of names.filter((name) => takes({ metric: name, labels: {} }))) {
      const expression = `count_over_time(${selector(metric, {})}[${to - from}ms])`;
      for (const { metric: labels, value } of await this.#server.at(expression, to - 1, signal)) {
        all.push({
          ...{ metric, labels, unit: metricUnit(metric), info: undefined },
          count: Number(value?.[1]),
        });
      }
    }
    return all;
  }

  async #points(one: Found, from: number, to: number, signal: AbortSignal): Promise<Points> {
    const parts = Math.max(1, Math.ceil(one.count / part));
    const length = Math.ceil((to - from) / parts);
    const times: number[] = [];
    const values: number[] = [];
    for (let begin = from; begin < to; begin += length) {
      const end = Math.min(to, begin + length);
      // Some servers count the begin of such a span in, others do not.
      const expression = `${selector(one.metric, one.labels)}[${end - begin + 1}ms]`;
      const answer = await this.#server.at(expression, end - 1, signal);
      for (const [seconds, text] of own(one, answer)?.values ?? []) {
        const [time, value] = [Math.round(seconds * 1000), Number(text)];
        if (time < begin || time >= end || !Number.isFinite(value)) continue;
        times.push(time);
        values.push(value);
      }
    }
    return { times: Float64Array.from(times), values: Float64Array.from(values) };
  }

  // Of the longest equal spans that the steps are made of, for a step may have a day of 23 hours.
  async #summaries(
    one: Found,
    edges: Float64Array,
    signal: AbortSignal,
  ): Promise<(Summary | undefined)[]> {
    const lengths = Array.from(edges.subarray(1), (edge, i) => edge - edges[i]!);
    const span = lengths.reduce(gcd);
    const columns = await Promise.all(
      functions.map((name) => this.#column(one, name, edges, span, signal)),
    );
    const result = new Array<Summary | undefined>(lengths.length).fill(undefined);
    let step = 0;
    for (let end = edges[0]! + span; end <= edges.at(-1)!; end += span) {
      while (end > edges[step + 1]!) step++;
      const [count, sum, min, max, last] = columns.map((column) => column.get(end)) as number[];
      if (!count) continue;
      result[step] = combine(result[step], {
        ...{ count, sum: sum!, min: min!, max: max!, first: last!, last: last! },
        // When exactly is not told.
        ...{ firstTime: end - 1, lastTime: end - 1 },
      });
    }
    return result;
  }

  // The values of a function over each span, by the ends of those.
  async #column(
    one: Found,
    name: string,
    edges: Float64Array,
    span: number,
    signal: AbortSignal,
  ): Promise<Map<number, number>> {
    const column = new Map<number, number>();
    const expression = `${name}_over_time(${selector(one.metric, one.labels)}[${span}ms])`;
    const last = edges.at(-1)!;
    for (let end = edges[0]! + span; end <= last; end += span * mostTimes) {
      const range = { from: end - 1, to: Math.min(last, end + span * (mostTimes - 1)) - 1 };
      const answer = await this.#server.over(expression, { ...range, step: span }, signal);
      for (const [seconds, text] of own(one, answer)?.values ?? []) {
        column.set(Math.round(seconds * 1000) + 1, Number(text));
      }
    }
    return column;
  }
}

const functions = ['count', 'sum', 'min', 'max', 'last'];
const noop = () => {};
const none: Points = { times: new Float64Array(0), values: new Float64Array(0) };

function selector(metric: string, labels: Readonly<Record<string, string>>): string {
  const all = Object.entries({ __name__: metric, ...labels });
  return `{${all.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`;
}

// A selector fits series with further labels too.
function own({ metric, labels }: Found, answer: readonly ServerSeries[]): ServerSeries | undefined {
  const key = keyOf(metric, labels);
  return answer.find((one) => keyOf(metric, one.metric) === key);
}

// Some functions give the name too.
function keyOf(metric: string, labels: Readonly<Record<string, string>>): string {
  return seriesKey(metric, { ...labels, __name__: metric });
}

function summariesOf(points: Points, edges: Float64Array): (Summary | undefined)[] {
  return Array.from(edges.subarray(1), (end, i) => summarize(between(points, edges[i]!, end)));
}

function gcd(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
