import { isPlausible, metricBounds, metrics } from '../../contract/metrics.ts';
import { type Reading, seriesKey } from '../../contract/reading.ts';
import { rounded } from '../../contract/round.ts';
import type { Count, Sample, Snapshot } from '../../contract/snapshot.ts';
import { Problem } from '../problem.ts';
import { each } from '../steps.ts';
import { increase, isCount } from './counter.ts';
import { type Growth, RefreshWatch } from './refresh-watch.ts';

// A 32-bit counter of who knows what that seems to have wrapped at more than this a second was reset:
// the octets of a line of 1 Gbit/s are among the fastest that anyone still counts so.
const mostWrapped = 125e6;
// Nor has one wrapped that grew by so many times more than before.
const mostJump = 8;

/** What the poll itself tells of a device, which no answer of the device may tell as well. */
const ofThePoll = ['device_up', 'poll_duration', 'counter_gaps', 'clock_offset'];

/** samples between two yields */
const stretch = 16;

/** The readings of one poll. */
export interface Readings {
  readings: Reading[];
  /** counts that have no rate over this interval although they had a value: resets and nonsense */
  gaps: number;
  /** what the device told that was left out, if anything: a series twice, a value that cannot be */
  problems?: Problem[];
}

/** Turns the samples of one device's snapshots into readings: values as they are, and the rates of counters. */
export class SampleReadings {
  /** of the last snapshot, ms on a monotonic clock */
  #countedAt = Number.NaN;
  #counters = new Map<string, SeenCounter>();
  readonly #refresh: Refreshes | undefined;

  /** @param live whether the counts are always those of now */
  constructor({ live }: { live: boolean }) {
    this.#refresh = live ? undefined : { known: new RefreshWatch(), others: new RefreshWatch() };
  }

  /**
   * Adds the readings of a snapshot's samples, and yields every few of them.
   * @param countedAt ms on a monotonic clock
   * @param restarted whether the device started again since the snapshot before
   * @param ownInfo of each reading
   */
  *add(
    result: Readings,
    labels: Record<string, string>,
    { readings = [], time }: Snapshot,
    countedAt: number,
    restarted: boolean,
    ownInfo?: Readonly<Record<string, string>>,
  ): Generator<void, void> {
    const rows = yield* this.#rows(result, readings, labels);
    const seconds = yield* this.#seconds(rows, countedAt, restarted);
    const counters = new Map<string, SeenCounter>();
    let row = 0;
    for (const { sample, own, key } of rows) {
      if (row++ % stretch === 0) yield;
      const { metric, unit } = sample;
      const value = sample.counter
        ? this.#rate(result, counters, key, sample, seconds[sourceOf(metric)])
        : Number(sample.value) * (sample.scale ?? 1);
      if (!Number.isFinite(value)) continue;
      if (!isPlausible(metric, value)) {
        report(result, new Problem('implausible', { series: show(sample), value, unit }));
        continue;
      }
      const info = ownInfo ? { ...ownInfo, ...sample.info } : sample.info;
      result.readings.push({
        metric,
        // What rounding made a little more than all is all.
        value: rounded(Math.min(value, metricBounds(metric).max ?? Infinity), unit),
        unit,
        time,
        labels: own,
        ...(info && { info }),
      });
    }
    this.#counters = counters;
    this.#countedAt = countedAt;
  }

  // The samples with their series, each of which is there once.
  *#rows(
    result: Readings,
    samples: readonly Sample[],
    labels: Record<string, string>,
  ): Generator<void, Row[]> {
    const rows: Row[] = [];
    const series = yield* this.#seriesTaken(result.readings, samples, labels);
    let row = 0;
    for (const sample of samples) {
      if (row++ % stretch === 0) yield;
      const own = withOwn(labels, sample.labels);
      const key = seriesKey(sample.metric, own);
      if (series.has(key)) {
        result.gaps++;
        report(result, new Problem('twice', { series: show(sample) }));
        continue;
      }
      series.add(key);
      rows.push({ sample, own, key });
    }
    return rows;
  }

  // In how many seconds the counters of each source grew: NaN where they cannot be compared with those
  // before, undefined where they are still those.
  *#seconds(rows: readonly Row[], countedAt: number, restarted: boolean): Generator<void, Seconds> {
    const passed = (countedAt - this.#countedAt) / 1000;
    const seconds = passed > 0 && !restarted ? passed : Number.NaN;
    if (!this.#refresh) return { known: seconds, others: seconds };
    const moved = { known: restarted, others: restarted };
    let row = 0;
    for (const { sample, key } of rows) {
      if (row++ % stretch === 0) yield;
      const seen = sample.counter ? this.#counters.get(key) : undefined;
      if (seen && hasSampleMoved(seen, sample.value)) moved[sourceOf(sample.metric)] = true;
    }
    const over = (growth: Growth) => {
      if (growth === 'old') return undefined;
      return typeof growth === 'object' && !Number.isNaN(seconds) ? growth.over / 1000 : seconds;
    };
    const { known, others } = this.#refresh;
    return {
      known: over(known.at(countedAt, moved.known)),
      others: over(others.at(countedAt, moved.others)),
    };
  }

  // The series that are there already. Few devices tell of an interface in two ways, so that the names of
  // most series need not be made.
  *#seriesTaken(
    there: readonly Reading[],
    samples: readonly Sample[],
    labels: Record<string, string>,
  ): Generator<void, Set<string>> {
    const taken = new Set(ofThePoll.map((metric) => seriesKey(metric, labels)));
    if (samples.some((sample) => sample.labels?.interface !== undefined)) {
      yield* each(there, (reading) => taken.add(seriesKey(reading.metric, reading.labels)));
    }
    return taken;
  }

  // The rate of a counter, NaN where it has none.
  #rate(
    result: Readings,
    counters: Map<string, SeenCounter>,
    key: string,
    { value, bits, scale = 1, unit }: Sample,
    seconds: number | undefined,
  ): number {
    const good = Number(value) >= 0 && Number(value) < Infinity;
    const before = good ? this.#counters.get(key) : undefined;
    if (seconds === undefined && before) {
      counters.set(key, before);
      return Number.NaN;
    }
    const growth = before ? grown(before, value, bits, seconds ?? Number.NaN) : Number.NaN;
    const pace = growth / (seconds ?? Number.NaN);
    if (good) {
      counters.set(key, {
        value,
        pace: pace >= 0 ? pace : (before?.pace ?? Number.NaN),
        isBusy: before?.isBusy === true || growth >= busyGrowth,
      });
    }
    if (!good || (before !== undefined && !(pace >= 0))) result.gaps++;
    if (!(pace >= 0)) return Number.NaN;
    // A poll comes a little early or late, but a share is never more than all.
    return unit === '%' ? Math.min(pace * scale, 100) : pace * scale;
  }
}

/** A sample, with its labels and the name of its series. */
interface Row {
  sample: Sample;
  own: Record<string, string>;
  key: string;
}

/**
 * What refreshes together, as far as can be known: a device's own counters, of Netmon's metrics, mostly come
 * from elsewhere than those that a user chose.
 */
type Source = 'known' | 'others';
type Refreshes = Readonly<Record<Source, RefreshWatch>>;
type Seconds = Readonly<Record<Source, number | undefined>>;

function sourceOf(metric: string): Source {
  return Object.hasOwn(metrics, metric) ? 'known' : 'others';
}

interface SeenCounter {
  value: Count;
  /** growth a second, NaN where unknown */
  pace: number;
  /** whether it ever grew by much at once */
  isBusy: boolean;
}

// One that grows by fewer counts single events: it mostly stands still, however often it is refreshed.
const busyGrowth = 10;

function hasSampleMoved({ value: before, isBusy }: SeenCounter, now: Count): boolean {
  return isBusy ? now !== before : Math.abs(Number(now) - Number(before)) >= busyGrowth;
}

// The operator's labels win; those of the device by the same names are kept beside them.
function withOwn(
  own: Record<string, string>,
  told: Record<string, string> | undefined,
): Record<string, string> {
  const labels = { ...own };
  for (const name in told) {
    let free = name;
    while (Object.hasOwn(own, free) || (free !== name && Object.hasOwn(told, free))) {
      free = `exported_${free}`;
    }
    labels[free] = told[name]!;
  }
  return labels;
}

// More help nobody.
const maxProblems = 100;

function report(result: Readings, problem: Problem): void {
  const problems = (result.problems ??= []);
  if (problems.length < maxProblems) problems.push(problem);
}

function show({ metric, labels = {} }: Sample): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${pairs.join(', ')}}`.slice(0, 200);
}

// Counts of a sample may have a fraction: seconds, for one.
function grown(
  { value: before, pace }: SeenCounter,
  now: Count,
  bits: Sample['bits'],
  seconds: number,
): number {
  if (bits === 32 && isCount(before, 32) && isCount(now, 32)) {
    const most = Math.min(2 ** 31, mostWrapped * seconds);
    const likely = Number.isNaN(pace) ? most : Math.max(mostJump * pace * seconds, 2 ** 22);
    return increase(before, now, 32, Infinity, Math.min(most, likely));
  }
  return typeof before === 'bigint' && typeof now === 'bigint'
    ? Number(now - before)
    : Number(now) - Number(before);
}
