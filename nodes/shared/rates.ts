import { interfaceNames } from './interface-names.ts';
import { addInterfaceReadings, type SeenInterface, unseenInterface } from './interface-readings.ts';
import { increase, isCount } from './counter.ts';
import { type Reading, seriesKey } from './reading.ts';
import type { Count, InterfaceState, Sample, Snapshot } from './snapshot.ts';
import { hasRestarted } from './uptime.ts';

// A 32-bit counter of who knows what that seems to have wrapped at more than this a second was reset:
// the octets of a line of 1 Gbit/s are among the fastest that anyone still counts so.
const mostWrapped = 125e6;

/** interfaces or samples between two yields */
const stretch = 16;

/** The readings of one poll. */
export interface Readings {
  readings: Reading[];
  /** counts that have no rate over this interval although they had a value: resets and nonsense */
  gaps: number;
}

/**
 * Turns the snapshots of one device into readings: it keeps the counts of the snapshot before, and
 * gives their rates over the time between the two. No rate is given that cannot be trusted: not over
 * a restart of the device, not where time did not advance, not where a count fell (unless it plausibly
 * wrapped) or grew faster than the line.
 */
export class SnapshotRates {
  #time = Number.NaN;
  #uptime = Number.NaN;
  /** the interfaces of the last poll as they were told, and for each its own name and what is kept */
  #told: Told[] = [];
  #names: string[] = [];
  #interfaces: SeenInterface[] = [];
  #counters = new Map<string, Count>();

  /**
   * The readings of a snapshot.
   * @param device the label `device`
   * @param labels further labels of each reading
   */
  readings(device: string, labels: Record<string, string>, snapshot: Snapshot): Readings {
    const steps = this.steps(device, labels, snapshot);
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
  ): Generator<void, Readings> {
    const result: Readings = { readings: [], gaps: 0 };
    const seconds = this.#seconds(snapshot);
    yield* this.#addInterfaces(result, device, labels, snapshot, seconds);
    yield* this.#addSamples(result, device, labels, snapshot, seconds);
    this.#time = snapshot.time;
    this.#uptime = snapshot.uptime ?? Number.NaN;
    return result;
  }

  // NaN where the counts of the two snapshots cannot be compared.
  #seconds({ time, uptime }: Snapshot): number {
    const seconds = (time - this.#time) / 1000;
    const restarted =
      uptime !== undefined && uptime >= 0 && hasRestarted(this.#uptime, uptime, seconds);
    return seconds > 0 && !restarted ? seconds : Number.NaN;
  }

  *#addInterfaces(
    result: Readings,
    device: string,
    labels: Record<string, string>,
    { interfaces = [], time }: Snapshot,
    seconds: number,
  ): Generator<void, void> {
    this.#recognize(interfaces);
    for (let i = 0; i < interfaces.length; i++) {
      const name = this.#names[i]!;
      const own = { ...labels, device, interface: name };
      const seen = this.#interfaces[i]!;
      result.gaps += addInterfaceReadings(
        result.readings,
        seen,
        interfaces[i]!,
        seconds,
        time,
        own,
      );
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
    device: string,
    labels: Record<string, string>,
    { readings = [], time }: Snapshot,
    seconds: number,
  ): Generator<void, void> {
    const seen = new Map<string, Count>();
    let row = 0;
    for (const sample of readings) {
      if (row++ % stretch === 0) yield;
      const own = { ...labels, ...sample.labels, device };
      let value = Number(sample.value);
      if (sample.counter) {
        const key = seriesKey(sample.metric, own);
        const good = value >= 0 && value < Infinity && !seen.has(key);
        const before = good ? this.#counters.get(key) : undefined;
        if (good) seen.set(key, sample.value);
        value = before === undefined ? Number.NaN : grown(before, sample, seconds) / seconds;
        if (!good || (before !== undefined && !(value >= 0))) result.gaps++;
        if (!(value >= 0)) continue;
      }
      value *= sample.scale ?? 1;
      // A poll comes a little early or late, but a share is never more than all.
      if (sample.counter && sample.unit === '%') value = Math.min(value, 100);
      if (!Number.isFinite(value)) continue;
      const { metric, unit, info } = sample;
      result.readings.push({
        metric,
        value,
        unit,
        time,
        labels: own,
        ...(info && { info }),
      });
    }
    this.#counters = seen;
  }
}

interface Told {
  name: string;
  index: number | undefined;
}

function isSame(a: InterfaceState, b: Told): boolean {
  return a.name === b.name && a.index === b.index;
}

// Counts of a sample may have a fraction: seconds, for one.
function grown(before: Count, { value: now, bits }: Sample, seconds: number): number {
  if (bits === 32 && isCount(before, 32) && isCount(now, 32))
    return increase(before, now, 32, Infinity, Math.min(2 ** 31, mostWrapped * seconds));
  return typeof before === 'bigint' && typeof now === 'bigint'
    ? Number(now - before)
    : Number(now) - Number(before);
}
