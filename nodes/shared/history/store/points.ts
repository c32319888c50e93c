/** Observed values in the order of their times, in ms since the Unix epoch. No time is there twice. */
export interface Points {
  times: Float64Array;
  values: Float64Array;
}

/** Points that are still added to, in any order. */
export class OpenPoints {
  #times: Float64Array;
  #values: Float64Array;
  #length = 0;
  #ordered = true;

  constructor(capacity = 16) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  add(time: number, value: number): void {
    if (this.#length === this.#times.length) {
      this.#times = grown(this.#times);
      this.#values = grown(this.#values);
    }
    if (this.#length > 0 && time <= this.#times[this.#length - 1]!) this.#ordered = false;
    this.#times[this.#length] = time;
    this.#values[this.#length++] = value;
  }

  /** What was added, in order; of a time that was added twice the last value. Valid until the next `add`. */
  points(): Points {
    const times = this.#times.subarray(0, this.#length);
    const values = this.#values.subarray(0, this.#length);
    return this.#ordered ? { times, values } : sorted(times, values);
  }
}

/** The points from `from` on and before `to`, without a copy. */
export function between({ times, values }: Points, from: number, to: number): Points {
  const start = firstAt(times, from);
  const end = firstAt(times, to);
  return { times: times.subarray(start, end), values: values.subarray(start, end) };
}

/** Puts parts together. Of a time that several have, the value of the last of them holds. */
export function merged(parts: readonly Points[]): Points {
  let runs = parts.filter(({ times }) => times.length > 0);
  // Neighbours two by two: mostly they follow each other, and a late one is near its place.
  while (runs.length > 1) {
    const next: Points[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      next.push(i + 1 < runs.length ? mergedTwo(runs[i]!, runs[i + 1]!) : runs[i]!);
    }
    runs = next;
  }
  return runs[0] ?? none;
}

function mergedTwo(one: Points, other: Points): Points {
  const times = new Float64Array(one.times.length + other.times.length);
  const values = new Float64Array(times.length);
  if (one.times.at(-1)! < other.times[0]!) {
    times.set(one.times);
    values.set(one.values);
    times.set(other.times, one.times.length);
    values.set(other.values, one.values.length);
    return { times, values };
  }
  let [i, j, length] = [0, 0, 0];
  while (i < one.times.length || j < other.times.length) {
    const a = i < one.times.length ? one.times[i]! : Infinity;
    const b = j < other.times.length ? other.times[j]! : Infinity;
    times[length] = Math.min(a, b);
    values[length++] = b <= a ? other.values[j]! : one.values[i]!;
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return { times: times.subarray(0, length), values: values.subarray(0, length) };
}

/** No points at all. */
const none: Points = { times: new Float64Array(0), values: new Float64Array(0) };

function sorted(times: Float64Array, values: Float64Array): Points {
  const order = Uint32Array.from(times, (_, i) => i);
  // By time; of the same time the last added comes last.
  order.sort((a, b) => times[a]! - times[b]! || a - b);
  const result = { times: new Float64Array(times.length), values: new Float64Array(times.length) };
  let length = 0;
  for (const i of order) {
    if (length > 0 && result.times[length - 1] === times[i]) length--;
    result.times[length] = times[i]!;
    result.values[length++] = values[i]!;
  }
  return { times: result.times.subarray(0, length), values: result.values.subarray(0, length) };
}

// The place of the first time that is not before `time`.
function firstAt(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown(array: Float64Array): Float64Array {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
