import type { ChangeEvent } from '../../../contract/change-event.ts';
import type { Movement } from '../../series/movement.ts';
import type { Answered } from '../store/query.ts';
import type { FoundChange } from './found-change.ts';

interface Lifetime {
  device: string;
  series: number;
  began: Answered[];
  ended: Answered[];
  /** of the first that began and of the last that ended */
  first: number;
  last: number;
}

/** steps before the span in which something must have been kept, for what begins in the span to be new */
const leastBefore = 3;
/** series that began or ended, of one device, that are told one by one */
const mostOfOne = 20;

/** Which series began and which ended: a device that did so as a whole is told once. */
export class Lifetimes {
  /** as much as a level that rose some five times */
  readonly score = 0.7;
  readonly #devices = new Map<string, Lifetime>();
  readonly #start: number;
  /** the step of the first value of all */
  #earliest = Infinity;
  readonly #times = new Map<Answered, number>();

  /** @param start the step with which the span begins */
  constructor(start: number) {
    this.#start = start;
  }

  add(one: Answered, found: Movement | undefined, timeOf: (place: number) => number): void {
    const first = one.columns.average!.findIndex((value) => !Number.isNaN(value));
    if (first >= 0) this.#earliest = Math.min(this.#earliest, first);
    const device = one.labels.device ?? '';
    let known = this.#devices.get(device);
    if (!known) {
      known = { device, series: 0, began: [], ended: [], first: Infinity, last: -Infinity };
      this.#devices.set(device, known);
    }
    known.series++;
    if (found === undefined || found.kind === 'moved') return;
    const time = timeOf(found.step);
    this.#times.set(one, time);
    known[found.kind].push(one);
    if (found.kind === 'began') {
      known.first = Math.min(known.first, time);
    } else {
      known.last = Math.max(known.last, time);
    }
  }

  /** The changes, each device's together where all of it began or ended. */
  changes(edges: Float64Array, step: number): FoundChange[] {
    const kinds = this.#isAllNew ? (['ended'] as const) : (['began', 'ended'] as const);
    return [...this.#devices.values()].flatMap((lifetime) =>
      kinds.flatMap((kind) => {
        const { device, series } = lifetime;
        const some = lifetime[kind];
        if (some.length === 0) return [];
        const whole = some.length === series && device !== '';
        const told = (whole ? some.slice(0, 1) : some.slice(0, mostOfOne)).map(
          ({ metric, labels, unit, columns }): FoundChange => ({
            ...{ kind, metric, unit, labels: whole ? { device } : labels, also: [] },
            ...{ time: this.#times.get(some[0]!)!, start: edges[0]!, step },
            ...(whole && { count: series }),
            values: columns.average!,
          }),
        );
        return told;
      }),
    );
  }

  /** Devices that are new, and those that went silent. */
  events(): ChangeEvent[] {
    return [...this.#devices.values()].flatMap((lifetime): ChangeEvent[] => {
      const { device, series, began, ended, first, last } = lifetime;
      if (device === '') return [];
      const labels = { device };
      if (began.length === series) {
        return this.#isAllNew ? [] : [{ kind: 'device-new', time: first, labels }];
      }
      if (ended.length === series) return [{ kind: 'device-silent', time: last, labels }];
      return [];
    });
  }

  // Nothing was kept long before: then nothing is new.
  get #isAllNew(): boolean {
    return this.#earliest > this.#start - leastBefore;
  }
}
