/** When a state changed: to 1 or to 0. */
export interface StateChange {
  /** the step */
  step: number;
  to: 0 | 1;
}

/** What is known of each of equal steps; NaN where there is nothing. */
export interface Steps {
  min: Float64Array;
  max: Float64Array;
  last: Float64Array;
}

/**
 * The changes of a series that is 0 or 1. Of a step in which it went forth and back, both.
 * @param start the first step whose changes count: those before it only tell what it was
 */
export function stateChanges({ min, max, last }: Steps, start: number): StateChange[] {
  const changes: StateChange[] = [];
  let state: 0 | 1 | undefined;
  for (let step = 0; step < last.length; step++) {
    if (Number.isNaN(last[step]!)) continue;
    const end = last[step]! > 0 ? 1 : 0;
    const other = end === 1 ? min[step]! <= 0 : max[step]! > 0;
    // What it was before the first value is not known.
    const passed: (0 | 1)[] =
      state === undefined ? [] : state !== end ? [end] : other ? [end === 1 ? 0 : 1, end] : [];
    if (step >= start) for (const to of passed) changes.push({ step, to });
    state = end;
  }
  return changes;
}

/** A restart: in a step, so many seconds before its last value. */
export interface Restart {
  step: number;
  /** s */
  uptime: number;
}

/** s by which an uptime may fall without a restart: devices round, and their clocks are set */
const tolerance = 5;

/** Where a series of uptimes, in s, fell: a restart. @param start the first step that counts */
export function restarts({ min, last }: Steps, start: number): Restart[] {
  const found: Restart[] = [];
  let before = Number.NaN;
  for (let step = 0; step < last.length; step++) {
    if (Number.isNaN(last[step]!)) continue;
    if (step >= start && min[step]! < before - tolerance) {
      found.push({ step, uptime: last[step]! });
    }
    before = last[step]!;
  }
  return found;
}
