import type { Availability, BarSlice } from '../contract/pages.ts';
import { percentOf } from '../shared/history/availability.ts';

/** ms of a slice of the bar */
const slice = 30 * 60_000;
/** slices of a day */
const slices = 48;

interface Polls {
  all: number;
  up: number;
  isDegraded: boolean;
}

/** How a device was since Node-RED started, at most a day: what its bar shows where no history is kept. */
export class UptimeMemory {
  /** by the number of the slice since the Unix epoch */
  readonly #polls = new Map<number, Polls>();

  /** @param time ms since the Unix epoch */
  add(isUp: boolean, time: number): void {
    const polls = this.#at(time);
    polls.all++;
    if (isUp) polls.up++;
  }

  /** Notes that it answered, but beyond a limit. */
  degrade(time: number): void {
    this.#at(time).isDegraded = true;
  }

  /** The last 24 hours; undefined where no poll is known. */
  availability(now: number): Availability | undefined {
    if (this.#polls.size === 0) return undefined;
    const last = Math.floor(now / slice);
    let [up, known] = [0, 0];
    const bar = Array.from({ length: slices }, (_, i): BarSlice => {
      const number = last - slices + 1 + i;
      const span = { start: number * slice, end: Math.min((number + 1) * slice, now) };
      const polls = this.#polls.get(number);
      if (!polls || polls.all === 0) return { ...span, state: 'unknown', percent: null };
      up += polls.up;
      known += polls.all;
      const percent = percentOf({ up: polls.up, known: polls.all });
      const state = polls.up < polls.all ? 'down' : polls.isDegraded ? 'degraded' : 'up';
      return { ...span, state, percent };
    });
    return { slices: bar, day: percentOf({ up, known }), month: null };
  }

  #at(time: number): Polls {
    const number = Math.floor(time / slice);
    let polls = this.#polls.get(number);
    if (!polls) {
      polls = { all: 0, up: 0, isDegraded: false };
      this.#polls.set(number, polls);
      for (const old of this.#polls.keys()) if (old <= number - slices) this.#polls.delete(old);
    }
    return polls;
  }
}
