/** What stood out of a series: a point, or the mean of several that shifted. */
export interface Suspect {
  /** place of the value */
  at: number;
  /** how many standard deviations it is away, below 0 where it is too low */
  score: number;
  kind: 'point' | 'shift';
  /** the mean of what came before */
  usual: number;
}

export interface SuspectOptions {
  /** values that are compared with */
  window: number;
  /** values before anything can stand out */
  warmUp: number;
  /** values within which only what stands out more is another episode */
  episode: number;
  /** standard deviations from which a point stands out, and a mean of several */
  point: number;
  shift: number;
}

/** values whose mean may shift */
const several = 12;

/** For values of 5 minutes: two weeks, two days, and 10 hours. */
export const fiveMinutes: SuspectOptions = {
  ...{ window: 4032, warmUp: 576, episode: 120, point: 6, shift: 5 },
};

/** The mean and the standard deviation of the last values, at a cost that does not grow with their number. */
class Rolling {
  readonly #values: Float64Array;
  #count = 0;
  #next = 0;
  #mean = 0;
  #squares = 0;

  constructor(length: number) {
    this.#values = new Float64Array(length);
  }

  get count(): number {
    return this.#count;
  }

  get mean(): number {
    return this.#mean;
  }

  get deviation(): number {
    return this.#count < 2 ? 0 : Math.sqrt(Math.max(0, this.#squares) / (this.#count - 1));
  }

  /** Welford's (1962), with what leaves taken away again. */
  add(value: number): void {
    const { length } = this.#values;
    const before = this.#mean;
    if (this.#count < length) {
      this.#count++;
      this.#mean += (value - before) / this.#count;
      this.#squares += (value - before) * (value - this.#mean);
    } else {
      const old = this.#values[this.#next]!;
      this.#mean += (value - old) / length;
      this.#squares += (value - old) * (value - this.#mean + old - before);
    }
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % length;
  }
}

/**
 * Points, and means of 12, that are further from the mean of the window before than so many of its standard deviations:
 * one an episode, the first; another one within that time only where it is further away by half. What is not known is passed
 * over.
 * @param values NaN where nothing is known
 */
export function suspectsOf(values: Float64Array, options: SuspectOptions): Suspect[] {
  const points = new Rolling(options.window);
  const means = new Rolling(options.window);
  const recent = new Rolling(several);
  const found: Suspect[] = [];
  let last: Suspect | undefined;
  for (const [at, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    recent.add(value);
    const isWarm = points.count >= options.warmUp;
    const point = scoreOf(value, points);
    const shift = recent.count === several ? scoreOf(recent.mean, means) : 0;
    const suspect: Suspect | undefined = !isWarm
      ? undefined
      : Math.abs(point) >= options.point
        ? { at, score: point, kind: 'point', usual: points.mean }
        : Math.abs(shift) >= options.shift
          ? { at, score: shift, kind: 'shift', usual: means.mean }
          : undefined;
    if (suspect && isNew(suspect, last, options.episode)) {
      found.push(suspect);
      last = suspect;
    } else if (suspect && last) {
      // The episode goes on.
      last = { ...last, at };
    }
    points.add(value);
    if (recent.count === several) means.add(recent.mean);
  }
  return found;
}

function isNew(suspect: Suspect, last: Suspect | undefined, episode: number): boolean {
  if (!last || suspect.at - last.at > episode) return true;
  return suspect.kind === last.kind && Math.abs(suspect.score) > 1.5 * Math.abs(last.score);
}

/** standard deviations that are told at most: a series that never moved has none */
const mostScore = 100;

function scoreOf(value: number, { mean, deviation }: Rolling): number {
  const distance = value - mean;
  // Sums of the same values differ in their last digits.
  if (Math.abs(distance) <= 1e-9 * Math.max(Math.abs(value), Math.abs(mean))) return 0;
  const score = distance / deviation;
  return Math.max(-mostScore, Math.min(mostScore, score));
}
