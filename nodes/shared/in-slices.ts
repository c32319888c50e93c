import { setImmediate } from 'node:timers/promises';

/** ms at a time */
const slice = 2;

export interface Slicing {
  /** ms of a clock that never jumps */
  now?: () => number;
  /** aborted where nobody waits for the work any more: it ends at its next turn, with the signal's reason */
  signal?: AbortSignal;
}

/** Does work that yields wherever it may be interrupted, a little at a time: others have their turn. */
export async function inSlices<Result>(
  work: Generator<unknown, Result>,
  { now = () => performance.now(), signal }: Slicing = {},
): Promise<Result> {
  for (;;) {
    const end = now() + slice;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (now() < end);
    await setImmediate();
    signal?.throwIfAborted();
  }
}
