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
  const filled = parts.filter(({ times }) => times.length > 0);
  if (filled.length <= 1) return filled[0] ?? none;
  const length = filled.reduce((sum, { times }) => sum + times.length, 0);
  const times = new Float64Array(length);
  const values = new Float64Array(length);
  let at = 0;
  let inOrder = true;
  for (const part of filled) {
    if (at > 0 && part.times[0]! <= times[at - 1]!) inOrder = false;
    times.set(part.times, at);
    values.set(part.values, at);
    at += part.times.length;
  }
  return inOrder ? { times, values } : sorted(times, values);
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
