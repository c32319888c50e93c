import { errorText, type Translate } from '../shared/problem.ts';
import type { Outcome } from './poll.ts';

/** how many of the failing devices are named */
const named = 3;

/** The problem is kept as its text: the error may hold on to a whole answer. */
interface Last extends Pick<Outcome, 'up' | 'duration'> {
  problem?: string;
}

/** What is known of a list of devices after their last polls. */
export class Summary {
  readonly #last = new Map<string, Last>();
  readonly #late = new Set<string>();

  /** The summary of a list of names, as far as this one knows them. */
  of(names: string[]): Summary {
    const other = new Summary();
    for (const name of names) {
      const last = this.#last.get(name);
      if (last) other.#last.set(name, last);
      if (this.#late.has(name)) other.#late.add(name);
    }
    return other;
  }

  /** A tick of a device; an overrun where the poll before had not ended. */
  tick(name: string, isOverrun: boolean): void {
    if (isOverrun) this.#late.add(name);
    else this.#late.delete(name);
  }

  add({ device, up, duration, problem }: Outcome, translate?: Translate): void {
    const last: Last = { up, duration };
    if (problem) last.problem = errorText(problem, translate);
    this.#last.set(device.name, last);
  }

  /** The numbers of devices by their last poll, and the device that took longest to answer. */
  count(): Counts {
    const counts: Counts = { up: 0, down: 0, failing: [], incomplete: 0, late: this.#late.size };
    for (const [name, { up, duration, problem }] of this.#last) {
      if (!up) {
        counts.down++;
        if (counts.failing.length < named) counts.failing.push(name);
      } else {
        counts.up++;
        if (problem) counts.incomplete++;
        if (!(duration <= (counts.slowest?.duration ?? 0))) counts.slowest = { name, duration };
      }
      if (problem) counts.problem ??= problem;
    }
    return counts;
  }
}

export interface Counts {
  /** whose last poll went well */
  up: number;
  /** whose last poll failed */
  down: number;
  /** the names of the first few of those */
  failing: string[];
  /** of those that are up: a part of the answer had to be left out */
  incomplete: number;
  /** that had not answered yet at their last tick */
  late: number;
  /** in ms */
  slowest?: { name: string; duration: number };
  /** one of the problems, in words */
  problem?: string;
}
