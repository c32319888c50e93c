import { setImmediate } from 'node:timers/promises';
import { type Clock, systemClock } from './clock.ts';

/** ms at a time */
const usualSlice = 2;

export interface Slicing {
  /** this machine's unless told */
  clock?: Clock;
  /** aborted where nobody waits for the work any more: it ends at its next turn, with the signal's reason */
  signal?: AbortSignal;
  /** ms at a time; 2 unless told */
  slice?: number;
}

/** Does work that yields wherever it may be interrupted, a little at a time: others have their turn. */
export async function inSlices<Result>(
  work: Generator<unknown, Result>,
  { clock = systemClock, signal, slice = usualSlice }: Slicing = {},
): Promise<Result> {
  for (;;) {
    const end = clock.steady() + slice;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (clock.steady() < end);
    await setImmediate();
    signal?.throwIfAborted();
  }
}
