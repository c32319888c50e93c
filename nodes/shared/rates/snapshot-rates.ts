import type { InterfaceState, Snapshot } from '../../contract/snapshot.ts';
import { each } from '../steps.ts';
import { interfaceNames } from './interface-names.ts';
import {
  addInterfaceReadings,
  hasMoved,
  newGrowth,
  type SeenInterface,
  unseenInterface,
} from './interface-readings.ts';
import { RefreshWatch } from './refresh-watch.ts';
import { type Readings, SampleReadings } from './sample-readings.ts';
import { hasRestarted } from './uptime.ts';

/** interfaces between two yields */
const stretch = 16;

export type { Readings };

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
  readonly #samples: SampleReadings;
  /** the interfaces of the last poll as they were told, and for each its own name and what is kept */
  #told: Told[] = [];
  #names: string[] = [];
  #interfaces: SeenInterface[] = [];
  readonly #growth = newGrowth();

  constructor({ live = false }: RatesOptions = {}) {
    this.#refresh = live ? undefined : new RefreshWatch();
    this.#samples = new SampleReadings({ live });
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
    yield* this.#samples.add(result, own, snapshot, countedAt, restarted, info);
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
    yield* this.#recognize(interfaces);
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
        this.#growth,
        info,
      );
      seen.countedAt = at;
      if (i % stretch === 0) yield;
    }
  }

  // Puts what is known of each interface at its place. Mostly they are as they were.
  *#recognize(interfaces: readonly InterfaceState[]): Generator<void, void> {
    const told = this.#told;
    if (told.length === interfaces.length && interfaces.every((now, i) => isSame(now, told[i]!))) {
      return;
    }
    const known = new Map<string, SeenInterface>();
    yield* each(this.#names.entries(), ([i, name]) => known.set(name, this.#interfaces[i]!));
    const names = yield* interfaceNames(interfaces);
    const seen: SeenInterface[] = [];
    yield* each(names, (name) => seen.push(known.get(name) ?? unseenInterface()));
    this.#told = interfaces.map(({ name, index }) => ({ name, index }));
    this.#names = names;
    this.#interfaces = seen;
  }
}

interface Told {
  name: string;
  index: number | undefined;
}

function isSame(a: InterfaceState, b: Told): boolean {
  return a.name === b.name && a.index === b.index;
}
