import { interfaceNames } from './interface-names.ts';
import {
  addInterfaceReadings,
  hasMoved,
  type SeenInterface,
  unseenInterface,
} from './interface-readings.ts';
import { increase, isCount } from './counter.ts';
import { isPlausible, metricBounds } from './metrics.ts';
import { Problem } from './problem.ts';
import { type Reading, seriesKey } from './reading.ts';
import { RefreshWatch } from './refresh-watch.ts';
import { rounded } from './round.ts';
import type { Count, InterfaceState, Sample, Snapshot } from './snapshot.ts';
import { hasRestarted } from './uptime.ts';

// A 32-bit counter of who knows what that seems to have wrapped at more than this a second was reset:
// the octets of a line of 1 Gbit/s are among the fastest that anyone still counts so.
const mostWrapped = 125e6;
// Nor has one wrapped that grew by so many times more than before.
const mostJump = 8;

/** What the poll itself tells of a device, which no answer of the device may tell as well. */
const ofThePoll = ['device_up', 'poll_duration', 'counter_gaps', 'clock_offset'];

/** interfaces or samples between two yields */
const stretch = 16;

/** The readings of one poll. */
export interface Readings {
  readings: Reading[];
  /** counts that have no rate over this interval although they had a value: resets and nonsense */
  gaps: number;
  /** what the device told that was left out, if anything: a series twice, a value that cannot be */
  problems?: Problem[];
}

export interface RatesOptions {
  /** whether the counts are always those of now, as this machine's own are */
  live?: boolean;
}

/**
 * Turns the snapshots of one device into readings: it keeps the counts of the snapshot before, and
 * gives their rates over the time between the two answers. No rate is given that cannot be trusted: not
 * over a restart of the device, not where time did not advance, not where a count fell (unless it
 * plausibly wrapped) or grew faster than the line, and not while a device still tells old counts.
 */
export class SnapshotRates {
  /** of the last snapshot, ms on a monotonic clock */
  #countedAt = Number.NaN;
  #uptime = Number.NaN;
  readonly #refresh: RefreshWatch | undefined;
  /** the interfaces of the last poll as they were told, and for each its own name and what is kept */
  #told: Told[] = [];
  #names: string[] = [];
  #interfaces: SeenInterface[] = [];
  #counters = new Map<string, SeenCounter>();

  constructor({ live = false }: RatesOptions = {}) {
    this.#refresh = live ? undefined : new RefreshWatch();
  }

  /**
   * The readings of a snapshot.
   * @param device the label `device`
   * @param labels further labels of each reading; those that the device gives as well become
   *   `exported_<name>`, as in Prometheus
   * @param info of each reading
   */
  readings(
    device: string,
    labels: Record<string, string>,
    snapshot: Snapshot,
    info?: Readonly<Record<string, string>>,
  ): Readings {
    const steps = this.steps(device, labels, snapshot, info);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /** Makes the same, and yields every few interfaces and samples: a device may have very many. */
  *steps(
    device: string,
    labels: Record<string, string>,
    snapshot: Snapshot,
    info?: Readonly<Record<string, string>>,
  ): Generator<void, Readings> {
    const result: Readings = { readings: [], gaps: 0 };
    const countedAt = snapshot.countedAt ?? snapshot.time;
    const passed = (countedAt - this.#countedAt) / 1000;
    const restarted = this.#hasRestarted(snapshot, passed);
    const own = { ...labels, device };
    yield* this.#addInterfaces(result, own, snapshot, countedAt, restarted, info);
    const seconds = passed > 0 && !restarted ? passed : Number.NaN;
    yield* this.#addSamples(result, own, snapshot, seconds, info);
    this.#countedAt = countedAt;
    this.#uptime = snapshot.uptime ?? Number.NaN;
    return result;
  }

  #hasRestarted({ uptime }: Snapshot, seconds: number): boolean {
    return uptime !== undefined && uptime >= 0 && hasRestarted(this.#uptime, uptime, seconds);
  }

  *#addInterfaces(
    result: Readings,
    labels: Record<string, string>,
    { interfaces = [], time }: Snapshot,
    countedAt: number,
    restarted: boolean,
    info?: Readonly<Record<string, string>>,
  ): Generator<void, void> {
    this.#recognize(interfaces);
    const grown = this.#refresh?.at(
      countedAt,
      restarted || interfaces.some((now, i) => hasMoved(this.#interfaces[i]!, now)),
    );
    for (let i = 0; i < interfaces.length; i++) {
      const seen = this.#interfaces[i]!;
      const now = interfaces[i]!;
      const at = now.countedAt ?? countedAt;
      const over = typeof grown === 'object' ? grown.over : at - seen.countedAt;
      // Old counts of an interface that is new here are the first ones of it.
      const isOld = grown === 'old' && !Number.isNaN(seen.countedAt);
      result.gaps += addInterfaceReadings(
        result.readings,
        seen,
        now,
        isOld ? undefined : at > seen.countedAt && !restarted ? over / 1000 : Number.NaN,
        time,
        { ...labels, interface: this.#names[i]! },
        info,
      );
      seen.countedAt = at;
      if (i % stretch === 0) yield;
    }
  }

  // Puts what is known of each interface at its place. Mostly they are as they were.
  #recognize(interfaces: readonly InterfaceState[]): void {
    const told = this.#told;
    if (told.length === interfaces.length && interfaces.every((now, i) => isSame(now, told[i]!)))
      return;
    const known = new Map(this.#names.map((name, i) => [name, this.#interfaces[i]!]));
    this.#told = interfaces.map(({ name, index }) => ({ name, index }));
    this.#names = interfaceNames(interfaces);
    this.#interfaces = this.#names.map((name) => known.get(name) ?? unseenInterface());
  }

  *#addSamples(
    result: Readings,
    labels: Record<string, string>,
    { readings = [], time }: Snapshot,
    seconds: number,
    ownInfo?: Readonly<Record<string, string>>,
  ): Generator<void, void> {
    const counters = new Map<string, SeenCounter>();
    const series = this.#seriesTaken(result.readings, readings, labels);
    let row = 0;
    for (const sample of readings) {
      if (row++ % stretch === 0) yield;
      const { metric, unit } = sample;
      const own = withOwn(labels, sample.labels);
      const key = seriesKey(metric, own);
      if (series.has(key)) {
        result.gaps++;
        report(result, new Problem('twice', { series: show(sample) }));
        continue;
      }
      series.add(key);
      const value = sample.counter
        ? this.#rate(result, counters, key, sample, seconds)
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
  }

  // The series that are there already. Few devices tell of an interface in two ways, so that the names of
  // most series need not be made.
  #seriesTaken(
    there: readonly Reading[],
    samples: readonly Sample[],
    labels: Record<string, string>,
  ): Set<string> {
    const taken = new Set(ofThePoll.map((metric) => seriesKey(metric, labels)));
    if (samples.some((sample) => sample.labels?.interface !== undefined))
      for (const reading of there) taken.add(seriesKey(reading.metric, reading.labels));
    return taken;
  }

  // The rate of a counter, NaN where it has none.
  #rate(
    result: Readings,
    counters: Map<string, SeenCounter>,
    key: string,
    { value, bits, scale = 1, unit }: Sample,
    seconds: number,
  ): number {
    const good = Number(value) >= 0 && Number(value) < Infinity;
    const before = good ? this.#counters.get(key) : undefined;
    const pace = before === undefined ? Number.NaN : grown(before, value, bits, seconds) / seconds;
    if (good) counters.set(key, { value, pace: pace >= 0 ? pace : (before?.pace ?? Number.NaN) });
    if (!good || (before !== undefined && !(pace >= 0))) result.gaps++;
    if (!(pace >= 0)) return Number.NaN;
    // A poll comes a little early or late, but a share is never more than all.
    return unit === '%' ? Math.min(pace * scale, 100) : pace * scale;
  }
}

interface Told {
  name: string;
  index: number | undefined;
}

interface SeenCounter {
  value: Count;
  /** growth a second, NaN where unknown */
  pace: number;
}

function isSame(a: InterfaceState, b: Told): boolean {
  return a.name === b.name && a.index === b.index;
}

// The operator's labels win; those of the device by the same names are kept beside them.
function withOwn(
  own: Record<string, string>,
  told: Record<string, string> | undefined,
): Record<string, string> {
  const labels = { ...own };
  for (const name in told) {
    let free = name;
    while (Object.hasOwn(own, free) || (free !== name && Object.hasOwn(told, free)))
      free = `exported_${free}`;
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
