/** ms of a step */
export const recentStep = 15_000;
/** ms that are looked back */
const window = 3_600_000;

/** What is known of the steps of a series that have readings; one array a column, in order of time. */
export interface Columns {
  /** ms of a step */
  step: number;
  /** where steps begin, ms since the Unix epoch */
  starts: number[];
  means: number[];
  lowest: number[];
  highest: number[];
}

interface Step {
  start: number;
  sum: number;
  count: number;
  lowest: number;
  highest: number;
}

/** The last hour of a series, in steps: bounded, however often readings come. */
export class RecentPoints {
  readonly #steps: Step[] = [];
  #sum = 0;
  #count = 0;

  /** Of all readings of that hour. */
  get mean(): number {
    return this.#sum / this.#count;
  }

  /** @param time when it came, ms since the Unix epoch */
  add(value: number, time: number): void {
    const start = Math.floor(time / recentStep) * recentStep;
    const last = this.#steps.at(-1);
    this.#sum += value;
    this.#count++;
    if (last && start <= last.start) {
      last.sum += value;
      last.count++;
      last.lowest = Math.min(last.lowest, value);
      last.highest = Math.max(last.highest, value);
      return;
    }
    this.#steps.push({ start, sum: value, count: 1, lowest: value, highest: value });
    while (this.#steps[0]!.start <= start - window) {
      const { sum, count } = this.#steps.shift()!;
      this.#sum -= sum;
      this.#count -= count;
    }
  }

  columns(): Columns {
    return {
      step: recentStep,
      starts: this.#steps.map(({ start }) => start),
      means: this.#steps.map(({ sum, count }) => sum / count),
      lowest: this.#steps.map(({ lowest }) => lowest),
      highest: this.#steps.map(({ highest }) => highest),
    };
  }
}
